package io.evenkeel.benchmarks.hazelcast;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A {@link Node} in a JVM of its own. For one thread. */
final class NodeProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final PrintWriter in;
  private final Path log;
  private Consumer<String> onSeen = line -> {};

  private NodeProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.in = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
  }

  /**
   * Starts one.
   *
   * @param prefix before the command, such as {@code ip netns exec name}; may be empty
   * @param jvm options of the JVM
   */
  static NodeProcess start(String uri, List<String> prefix, String... jvm) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx1g"));
    command.addAll(List.of(jvm));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Node.class.getName()));
    command.add(uri);
    Path log = Files.createTempFile("node", ".log");
    log.toFile().deleteOnExit();
    return new NodeProcess(new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
  }

  /** How many lines of its log contain a text. */
  long logged(String text) throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> line.contains(text)).count();
    }
  }

  /** Waits until it has read the map. */
  NodeProcess ready() throws IOException {
    expect("ready");
    return this;
  }

  /** Hears the lines of a watch, while an answer is waited for. */
  void onSeen(Consumer<String> listener) {
    onSeen = listener;
  }

  /** Gives a command, and answers its answer. */
  String ask(String command) throws IOException {
    in.println(command);
    return readAnswer();
  }

  /** As {@link #ask}, for a condition. */
  String askQuietly(String command) {
    try {
      return ask(command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String readAnswer() throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (!line.startsWith("seen ")) {
        return line;
      }
      onSeen.accept(line);
    }
    throw new IOException("the node has ended (expected: an answer): " + Files.readString(log));
  }

  /** Waits for a line of a watch. */
  String readSeen() throws IOException {
    String line = out.readLine();
    if (line == null || !line.startsWith("seen ")) {
      throw new IOException("node: " + line + " (expected: seen …)");
    }
    return line;
  }

  private void expect(String wanted) throws IOException {
    String line = readAnswer();
    if (!line.equals(wanted)) {
      throw new IOException("node: " + line + " (expected: " + wanted + ")");
    }
  }

  void signal(String name) throws IOException {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Kill -9. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Asks it to leave, and waits until it has. */
  @Override
  public void close() {
    in.close();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
