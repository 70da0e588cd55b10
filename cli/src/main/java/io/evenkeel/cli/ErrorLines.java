package io.evenkeel.cli;

import io.evenkeel.registry.RegistryException;
import java.net.BindException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * One line on standard error for whatever goes wrong, with what to do about it, and the exit code.
 * An {@link IllegalArgumentException} speaks of what was typed, anything else of what happened.
 */
final class ErrorLines implements IParameterExceptionHandler, IExecutionExceptionHandler {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  private final MainCommand main;
  private final Terminal terminal;

  ErrorLines(MainCommand main) {
    this.main = main;
    this.terminal = main.terminal();
  }

  @Override
  public int handleParseException(ParameterException error, String[] arguments) {
    terminal.note(usage(message(error).replaceFirst("^Error: ", ""), error.getCommandLine()));
    return USAGE;
  }

  @Override
  public int handleExecutionException(Exception error, CommandLine command, ParseResult parsed) {
    boolean typed = error instanceof IllegalArgumentException;
    terminal.note(typed ? usage(message(error), command) : message(error) + advice(error));
    if (main.isVerbose()) {
      error.printStackTrace(terminal.err());
      terminal.err().flush();
    }
    return typed ? USAGE : FAILED;
  }

  private static String usage(String message, CommandLine command) {
    return message + "; see " + command.getCommandSpec().qualifiedName() + " --help";
  }

  /** What an error says; with its kind, where the message was not written for people. */
  static String message(Throwable error) {
    String message = error.getMessage();
    if (message == null || message.isBlank()) {
      return error.getClass().getSimpleName();
    }
    boolean forPeople =
        error instanceof Failure
            || error instanceof RegistryException
            || error instanceof ParameterException
            || error instanceof IllegalArgumentException
            || error.getCause() instanceof BindException;
    return forPeople ? message : error.getClass().getSimpleName() + ": " + message;
  }

  private static String advice(Exception error) {
    if (error instanceof RegistryException.Unavailable) {
      return " (is it running, and is that its address? --registry or EVENKEEL_REGISTRY says it)";
    }
    if (error instanceof RegistryException.Protocol) {
      return " (does the scheme of --registry fit what listens there?)";
    }
    if (error instanceof BindException || error.getCause() instanceof BindException) {
      return " (expected: a free port; --listen PROTOCOL=HOST:PORT chooses it, port 0 any)";
    }
    boolean known = error instanceof Failure || error instanceof RegistryException;
    return known ? "" : " (--verbose shows where)";
  }
}
