package io.evenkeel.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: serves a registry, announces and lists instances, and calls a service. */
@Command(name = "evenkeel", mixinStandardHelpOptions = true)
public final class Evenkeel {
  private Evenkeel() {}

  /** Runs a command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Evenkeel()).execute(arguments));
  }
}
