package io.evenkeel.benchmarks.peers;

import io.evenkeel.benchmarks.peers.Lineup.Contestant;
import io.evenkeel.benchmarks.peers.Result.Measured;
import io.evenkeel.benchmarks.peers.Result.Missing;
import io.evenkeel.benchmarks.peers.Trial.Heat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lays results beside the floors and the best peer of the same run. */
final class PeerTable {
  private final Map<Trial, Measured> measured = new LinkedHashMap<>();
  private final List<Missing> missing = new ArrayList<>();
  private final List<Trial> trials = new ArrayList<>();
  private final Map<String, String> versions;

  /**
   * A table.
   *
   * @param versions by peer; none for what is built here
   */
  PeerTable(List<Result> results, Map<String, String> versions) {
    this.versions = versions;
    for (Result result : results) {
      trials.add(result.trial());
      if (result instanceof Measured cost) {
        measured.put(result.trial(), cost);
      } else if (result instanceof Missing none) {
        missing.add(none);
      }
    }
  }

  /** What a trial cost, in multiples of its floor. */
  OptionalDouble toFloor(Trial trial) {
    Contestant floor =
        new Contestant(trial.contestant().op(), Lineup.FLOOR, trial.contestant().floor(), "");
    Measured least = measured.get(new Trial(floor, trial.size(), trial.threads()));
    return ratio(measured.get(trial), least);
  }

  /** What a trial cost, in multiples of the best peer that is not us. */
  OptionalDouble toBestPeer(Trial trial) {
    return ratio(measured.get(trial), best(trial.heat(), one -> !one.isOurs() && !one.isFloor()));
  }

  private OptionalDouble oursToBestPeer(Heat heat) {
    Measured ours = best(heat, Contestant::isOurs);
    return ours == null ? OptionalDouble.empty() : toBestPeer(ours.trial());
  }

  private @Nullable Measured best(Heat heat, Predicate<Contestant> whose) {
    return measured.values().stream()
        .filter(cost -> cost.trial().heat().equals(heat))
        .filter(cost -> whose.test(cost.trial().contestant()))
        .min(Comparator.comparingDouble(Measured::nanos))
        .orElse(null);
  }

  private static OptionalDouble ratio(@Nullable Measured one, @Nullable Measured other) {
    return one == null || other == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(one.nanos() / other.nanos());
  }

  /** One line per trial, also for those that were not measured. */
  String toCsv() {
    StringBuilder csv =
        new StringBuilder(
            "op,threads,n,peer,version,choice,ns,bytes,floor,to_floor,to_best_peer,missing\n");
    for (Trial trial : trials) {
      Contestant one = trial.contestant();
      Measured cost = measured.get(trial);
      List<String> cells =
          List.of(
              one.op(),
              Integer.toString(trial.threads()),
              Integer.toString(trial.size()),
              one.peer(),
              versions.getOrDefault(one.peer(), ""),
              one.choice(),
              cost == null ? "" : String.format(Locale.ROOT, "%.2f", cost.nanos()),
              cost == null ? "" : String.format(Locale.ROOT, "%.1f", cost.bytes()),
              one.floor(),
              number(toFloor(trial)),
              number(toBestPeer(trial)),
              quoted(cost == null ? reason(trial) : ""));
      csv.append(String.join(",", cells)).append('\n');
    }
    return csv.toString();
  }

  private String reason(Trial trial) {
    return missing.stream()
        .filter(none -> none.trial().equals(trial))
        .map(Missing::reason)
        .findFirst()
        .orElseThrow();
  }

  private static String quoted(String text) {
    return text.isEmpty() ? "" : '"' + text.replace("\"", "\"\"") + '"';
  }

  private static String number(OptionalDouble ratio) {
    return ratio.isPresent() ? String.format(Locale.ROOT, "%.2f", ratio.getAsDouble()) : "";
  }

  /** A table per operation and number of threads, and what is missing. */
  String toMarkdown() {
    StringBuilder text = new StringBuilder();
    Set<String> ops = new LinkedHashSet<>();
    trials.forEach(trial -> ops.add(trial.contestant().op()));
    for (String op : ops) {
      trials.stream()
          .filter(trial -> trial.contestant().op().equals(op))
          .filter(trial -> measured.keySet().stream().anyMatch(trial::sharesTableWith))
          .collect(Collectors.groupingBy(Trial::threads, TreeMap::new, Collectors.toList()))
          .forEach((threads, of) -> append(text, of));
    }
    appendMissing(text);
    return text.toString();
  }

  private void append(StringBuilder text, List<Trial> of) {
    Trial first = of.get(0);
    List<Integer> sizes = of.stream().map(Trial::size).distinct().sorted().toList();
    text.append(
        String.format(
            "%n### %s, %d %s%n%n| ns (x floor) |",
            first.contestant().op(), first.threads(), first.threads() == 1 ? "thread" : "threads"));
    sizes.forEach(size -> text.append(String.format(Locale.ROOT, " N=%,d |", size)));
    text.append(" B |\n|---|").append("---|".repeat(sizes.size() + 1)).append('\n');
    for (Contestant one : of.stream().map(Trial::contestant).distinct().toList()) {
      text.append("| ").append(name(one)).append(" |");
      String bytes = "–"; // of the largest size that was measured
      for (int size : sizes) {
        Trial trial = new Trial(one, size, first.threads());
        Measured cost = measured.get(trial);
        bytes = cost == null ? bytes : String.format(Locale.ROOT, "%,.0f", cost.bytes());
        text.append(' ').append(cell(trial)).append(" |");
      }
      text.append(' ').append(bytes).append(" |\n");
    }
    text.append("| *best of ours : best peer* |");
    for (int size : sizes) {
      String ratio =
          number(oursToBestPeer(new Heat(first.contestant().op(), first.threads(), size)));
      text.append(' ').append(ratio.isEmpty() ? "–" : ratio).append(" |");
    }
    text.append(" |\n");
  }

  private String name(Contestant one) {
    String version = versions.getOrDefault(one.peer(), "");
    String title = Lineup.entrant(one.peer()).title() + (version.isEmpty() ? "" : " " + version);
    return one.isOurs() ? "**" + title + "** " + one.choice() : title + " " + one.choice();
  }

  private String cell(Trial trial) {
    Measured cost = measured.get(trial);
    if (cost == null) {
      return "–";
    }
    String ratio = number(toFloor(trial));
    return rounded(cost.nanos()) + (ratio.isEmpty() ? "" : " (" + ratio + ")");
  }

  private static String rounded(double number) {
    if (number >= 100_000) {
      return String.format(Locale.ROOT, "%,.0f k", number / 1_000);
    }
    return String.format(Locale.ROOT, number < 9.95 ? "%.1f" : "%,.0f", number);
  }

  private void appendMissing(StringBuilder text) {
    if (missing.isEmpty()) {
      return;
    }
    text.append("\n### Not measured\n\n");
    Map<String, List<Missing>> byReason =
        missing.stream()
            .collect(
                Collectors.groupingBy(
                    none ->
                        Lineup.entrant(none.trial().contestant().peer()).title()
                            + ": "
                            + none.reason(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    byReason.forEach(
        (reason, which) ->
            text.append("- ").append(reason).append(" (").append(which(which)).append(")\n"));
  }

  private static String which(List<Missing> missing) {
    return missing.size() == 1
        ? missing.get(0).trial().toString()
        : missing.size() + " measurements, the first: " + missing.get(0).trial();
  }
}
