package io.evenkeel.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Runs commands in this process, with their streams caught and their signal in the test's hand. */
final class Shell {
  static final int SECONDS = 30; // a bound that only a bug reaches

  private final Caught out = new Caught();
  private final Caught err = new Caught();
  private final Map<String, String> environment = new HashMap<>();
  private final Stop stop = new Stop();

  Shell with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Runs a command to its end and answers with its exit code. */
  int run(String... arguments) {
    PrintWriter toOut = new PrintWriter(out, true);
    PrintWriter toErr = new PrintWriter(err, true);
    return Evenkeel.run(new Terminal(toOut, toErr, environment, stop), arguments);
  }

  /** Runs a command meanwhile. */
  CompletableFuture<Integer> start(String... arguments) {
    return CompletableFuture.supplyAsync(() -> run(arguments), work -> new Thread(work).start());
  }

  /** As a signal does. */
  void signal() {
    stop.give();
  }

  static int ended(CompletableFuture<Integer> command) {
    return command.orTimeout(SECONDS, TimeUnit.SECONDS).join();
  }

  /** Waits until a command has printed that. */
  void awaitOut(String text) {
    out.await(text);
  }

  /** Likewise, on standard error. */
  void awaitErr(String text) {
    err.await(text);
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }

  List<String> outLines() {
    return out().lines().toList();
  }

  List<String> errLines() {
    return err().lines().toList();
  }

  /** What was printed, with those who wait for it. */
  private static final class Caught extends StringWriter {
    private final Map<String, CompletableFuture<Void>> awaited = new ConcurrentHashMap<>();

    @Override
    public void flush() {
      String printed = toString();
      awaited.forEach(
          (text, seen) -> {
            if (printed.contains(text)) {
              seen.complete(null);
            }
          });
    }

    void await(String text) {
      CompletableFuture<Void> seen =
          awaited.computeIfAbsent(text, wanted -> new CompletableFuture<>());
      flush();
      seen.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }
  }
}
