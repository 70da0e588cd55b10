package io.evenkeel.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process that runs the jar. What it says on standard error is a file of the given folder. */
final class Child implements AutoCloseable {
  private static final int SECONDS = 60; // a bound that only a bug reaches
  private static final String END = "(end of output)";

  private final Process process;
  private final Path err;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private Child(Process process, Path err) {
    this.process = process;
    this.err = err;
    Thread reader = new Thread(this::read, "output of " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts the jar that the build has made. */
  static Child start(Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", Path.of("target", "evenkeel.jar").toString()));
    command.addAll(List.of(arguments));
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
    builder.environment().remove("EVENKEEL_REGISTRY");
    return new Child(builder.start(), err);
  }

  private void read() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      reader.lines().forEach(lines::add);
    } catch (IOException e) {
      lines.add("unreadable: " + e);
    }
    lines.add(END);
  }

  /** The next line it prints. */
  String line() throws Exception {
    String line = lines.poll(SECONDS, TimeUnit.SECONDS);
    if (line == null || line.equals(END)) {
      throw new AssertionError("no line more; it says: " + err());
    }
    return line;
  }

  /** What it prints until it ends by itself, and its exit code behind it. */
  List<String> end() throws Exception {
    List<String> all = new ArrayList<>();
    String line = lines.poll(SECONDS, TimeUnit.SECONDS);
    while (line != null && !line.equals(END)) {
      all.add(line);
      line = lines.poll(SECONDS, TimeUnit.SECONDS);
    }
    all.add("exit " + exitCode());
    return all;
  }

  /** Sends SIGTERM; answers with the exit code. */
  int terminate() throws Exception {
    process.toHandle().destroy(); // the process itself would close its streams too
    return exitCode();
  }

  private int exitCode() throws Exception {
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("still running; it says: " + err());
    }
    return process.exitValue();
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
