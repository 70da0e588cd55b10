package io.evenkeel.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.registry.Registries;
import io.evenkeel.registry.ServiceRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What all commands share: their options, the registry, and how results are printed. */
@Command(
    name = "evenkeel",
    description = "Serves a registry, announces and lists instances, and calls services.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    sortOptions = false,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done; for what runs until it is stopped: stopped by SIGTERM or SIGINT, and all is put away",
      "1:the operation failed: a request failed, the registry is away or refused",
      "2:usage: an option or argument is missing or not understood"
    })
final class MainCommand implements Runnable {
  /** A registry has a deadline of its own, 3 s unless its URI says otherwise; this is the last. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Terminal terminal;

  @Option(
      names = "--registry",
      scope = ScopeType.INHERIT,
      paramLabel = "URI",
      description =
          "Where instances are registered, as in consul://HOST:8500; config-service, heartbeat and"
              + " orchestrator likewise, with +https before the colon for TLS, and static (default:"
              + " the environment variable EVENKEEL_REGISTRY)")
  private @Nullable String registry;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Results as JSON, one object per line (default: text)")
  private boolean json;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description =
          "Stack traces and what is logged, on standard error (default: one line for an error)")
  private boolean verbose;

  MainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    throw new IllegalArgumentException("command: none (expected: one such as serve or instances)");
  }

  Terminal terminal() {
    return terminal;
  }

  boolean isVerbose() {
    return verbose;
  }

  boolean isJson() {
    return json;
  }

  /** The URI that was given, by option or environment. */
  Optional<String> registryUri() {
    String uri =
        registry != null ? registry : terminal.environment().get(Registries.ENVIRONMENT_VARIABLE);
    return Optional.ofNullable(uri).filter(text -> !text.isBlank());
  }

  /**
   * A registry, which the caller closes.
   *
   * @throws IllegalArgumentException when none was given, or not one that is understood
   */
  ServiceRegistry connect() {
    String uri =
        registryUri()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "registry: not given (expected: --registry URI or EVENKEEL_REGISTRY, such"
                            + " as consul://127.0.0.1:8500)"));
    return Registries.connect(uri);
  }

  /** What a registry answers; fails as {@link Stop#answer} does. */
  <T> T answer(CompletionStage<T> stage) {
    return terminal.stop().answer(stage, LONGEST);
  }

  /** Prints a result in the form that was asked for. */
  void print(Supplier<String> text, Supplier<ObjectNode> object) {
    terminal.say(json ? object.get().toString() : text.get());
  }
}
