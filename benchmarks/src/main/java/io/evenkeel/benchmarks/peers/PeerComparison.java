package io.evenkeel.benchmarks.peers;

import io.evenkeel.benchmarks.peers.ClassPaths.ClassPath;
import io.evenkeel.benchmarks.peers.Lineup.Contestant;
import io.evenkeel.benchmarks.peers.Lineup.Entrant;
import io.evenkeel.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Measures ours, the floors and every peer that can be had, each in a JVM on a class path of its
 * own, and writes {@code peers.csv} and {@code peers.md}. Ends by itself: what there was no time
 * for is listed as such, and so is a peer whose artifacts could not be had.
 */
public final class PeerComparison {
  private static final List<Integer> SIZES = List.of(3, 10, 100, 1_000, 10_000);
  private static final List<Integer> QUICK_SIZES = List.of(10, 10_000, 100);
  private static final int QUICK_MINUTES = 15;
  private static final int FULL_MINUTES = 240;

  private final TimeSource time = TimeSource.system();
  private final long start = time.nanoTime();
  private final boolean full;
  private final Duration limit;
  private final Path directory;
  private final Track track;

  private PeerComparison(boolean full, int minutes, Path directory) {
    this.full = full;
    this.limit = Duration.ofMinutes(minutes > 0 ? minutes : full ? FULL_MINUTES : QUICK_MINUTES);
    this.directory = directory;
    this.track = new Track(full, directory.resolve("peers"));
  }

  /**
   * Measures and writes.
   *
   * @param args a regular expression that chooses among operations and peers, as in {@code
   *     least|grpc}; {@code quick} (three sizes, a short fork each) or {@code full}; after how many
   *     minutes to begin nothing more, 0 for the mode's own; the directory to write to
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length != 4 || !args[1].matches("quick|full") || !args[2].matches("\\d{1,5}")) {
      throw new IllegalArgumentException(
          "arguments: "
              + String.join(" ", args)
              + " (expected: <regex> quick|full <minutes> <directory>)");
    }
    new PeerComparison(args[1].equals("full"), Integer.parseInt(args[2]), Path.of(args[3]))
        .run(Pattern.compile(args[0]));
  }

  private void run(Pattern pattern) throws IOException, InterruptedException {
    List<Contestant> contestants = Lineup.matching(pattern);
    if (contestants.isEmpty()) {
      throw new IllegalArgumentException(
          "peers: "
              + pattern
              + " (expected: a regular expression that finds an operation or peer)");
    }
    Files.createDirectories(directory.resolve("peers"));
    Map<String, ClassPath> classPaths = classPaths(contestants);
    List<Result> results = measured(trials(contestants), classPaths);
    PeerTable table = new PeerTable(results, versions(classPaths));
    Files.writeString(directory.resolve("peers.csv"), table.toCsv());
    Files.writeString(directory.resolve("peers.md"), table.toMarkdown());
    System.out.println(table.toMarkdown());
  }

  private List<Trial> trials(List<Contestant> contestants) {
    return full
        ? Trial.of(contestants, SIZES, SIZES)
        : Trial.of(contestants, QUICK_SIZES, List.of(100));
  }

  private Map<String, ClassPath> classPaths(List<Contestant> contestants)
      throws IOException, InterruptedException {
    Set<String> wanted = Set.copyOf(contestants.stream().map(Contestant::peer).distinct().toList());
    List<Entrant> entrants =
        Lineup.entrants().stream().filter(entrant -> wanted.contains(entrant.key())).toList();
    System.out.printf("%s building the adapters of %d peers%n", elapsed(), entrants.size() - 2);
    Path folder = Path.of(System.getProperty("peers.directory", "benchmarks/peers"));
    Map<String, ClassPath> paths =
        ClassPaths.below(folder).of(entrants, directory.resolve("peers").resolve("maven.log"));
    for (Entrant entrant : entrants) {
      if (paths.get(entrant.key()) instanceof ClassPath.Absent absent) {
        System.out.printf("%s %s is absent: %s%n", elapsed(), entrant.title(), absent.reason());
      }
    }
    return paths;
  }

  private static Map<String, String> versions(Map<String, ClassPath> classPaths) {
    Map<String, String> versions = new LinkedHashMap<>();
    classPaths.forEach(
        (peer, path) ->
            versions.put(peer, path instanceof ClassPath.Present there ? there.version() : ""));
    return versions;
  }

  private List<Result> measured(List<Trial> trials, Map<String, ClassPath> classPaths)
      throws IOException {
    List<Result> results = new ArrayList<>();
    for (Trial trial : trials) {
      Result result =
          result(trial, Objects.requireNonNull(classPaths.get(trial.contestant().peer())));
      results.add(result);
      System.out.printf("%s %d/%d %s%n", elapsed(), results.size(), trials.size(), said(result));
    }
    return results;
  }

  private Result result(Trial trial, ClassPath path) throws IOException {
    if (path instanceof ClassPath.Absent absent) {
      return new Result.Missing(trial, "absent: " + absent.reason());
    }
    if (time.nanoTime() - start > limit.toNanos()) {
      return new Result.Missing(trial, "no time left after " + limit.toMinutes() + " minutes");
    }
    return track.run(trial, ((ClassPath.Present) path).path());
  }

  private static String said(Result result) {
    if (result instanceof Result.Measured cost) {
      return String.format(
          Locale.ROOT, "%s %.1f ns, %.0f B", result.trial(), cost.nanos(), cost.bytes());
    }
    return result.trial() + " not measured: " + ((Result.Missing) result).reason();
  }

  private String elapsed() {
    Duration passed = Duration.ofNanos(time.nanoTime() - start);
    return String.format(Locale.ROOT, "%02d:%02d", passed.toMinutes(), passed.toSecondsPart());
  }
}
