package io.evenkeel.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * The command line: serves a registry, announces and lists instances, and calls a service.
 *
 * <p>A signal asks the command to end; it drains, and its exit code is the process's. One that has
 * not ended 9 s later is ended with 1.
 */
public final class Evenkeel {
  private static final int SECONDS_TO_END = 9; // and 10 is what a process is usually given

  private Evenkeel() {}

  /** Runs a command and exits with its code. */
  public static void main(String[] arguments) {
    Stop stop = new Stop();
    CompletableFuture<Integer> ended = new CompletableFuture<>();
    Thread onSignal = new Thread(() -> end(stop, ended), "evenkeel-stop");
    Runtime.getRuntime().addShutdownHook(onSignal);
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int code = ErrorLines.FAILED;
    try {
      code = run(new Terminal(out, err, System.getenv(), stop), arguments);
    } catch (Error e) {
      e.printStackTrace(err); // the process is not fit to go on
    }
    ended.complete(code);
    System.exit(code);
  }

  /**
   * The hook of a process that ends, by a signal or by itself: halts it with the command's code.
   */
  private static void end(Stop stop, CompletableFuture<Integer> ended) {
    stop.give();
    int code = ErrorLines.FAILED;
    try {
      code = ended.get(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      System.err.println(
          "evenkeel: did not end in time (expected: within " + SECONDS_TO_END + " s)");
    }
    Runtime.getRuntime().halt(code); // or a signal would be the exit code
  }

  /** Runs a command; returns its exit code when it has ended. */
  static int run(Terminal terminal, String... arguments) {
    MainCommand main = new MainCommand(terminal);
    ErrorLines errors = new ErrorLines(main);
    return new CommandLine(main)
        .addSubcommand(new ServeCommand(main))
        .addSubcommand(new RegisterCommand(main))
        .addSubcommand(new DeregisterCommand(main))
        .addSubcommand(new ServicesCommand(main))
        .addSubcommand(new InstancesCommand(main))
        .addSubcommand(new WatchCommand(main))
        .addSubcommand(new CallCommand(main))
        .setOut(terminal.out())
        .setErr(terminal.err())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors)
        .setExecutionStrategy(parsed -> execute(main, parsed))
        .execute(arguments);
  }

  private static int execute(MainCommand main, ParseResult parsed) {
    PrintWriter err = main.terminal().err();
    Logs logs = main.isVerbose() ? Logs.verbose(err) : Logs.quiet(err);
    try {
      return new RunLast().execute(parsed);
    } finally {
      logs.close();
    }
  }
}
