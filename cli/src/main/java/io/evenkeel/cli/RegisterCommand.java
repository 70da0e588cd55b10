package io.evenkeel.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.model.HealthCheck;
import io.evenkeel.model.InstanceStatus;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registrar.Registrar;
import io.evenkeel.registrar.RegistrarOptions;
import io.evenkeel.registrar.RegistrarState;
import io.evenkeel.registry.Capability;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.ServiceRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Announces an instance for as long as it runs. */
@Command(
    name = "register",
    description = {
      "Announces an instance and keeps it announced until SIGTERM or SIGINT, then withdraws it.",
      "A registry that is away is tried for as long as it takes, and changes of state are told on"
          + " standard error. One that refuses ends the command with 1."
    })
final class RegisterCommand implements Callable<Integer> {
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration ONLY_TRY = Duration.ofSeconds(10); // in a JVM that has just begun
  private static final Duration WITHDRAW = Duration.ofSeconds(8); // 9 are given

  private final MainCommand main;

  @Option(names = "--service", required = true, paramLabel = "NAME", description = "The service")
  private String service = "";

  @Option(
      names = "--url",
      required = true,
      paramLabel = "URL",
      description = "Where the instance is reached: http://HOST:PORT or https://HOST:PORT")
  private String url = "";

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "Identifies it within the service (default: NAME@HOST:PORT)")
  private @Nullable String id;

  @Option(names = "--tag", paramLabel = "TAG", description = "A tag. Repeatable (default: none)")
  private List<String> tags = List.of();

  @Option(
      names = "--metadata",
      paramLabel = "KEY=VALUE",
      description = "A pair of metadata. Repeatable (default: none)")
  private Map<String, String> metadata = Map.of();

  @Option(
      names = "--weight",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Its share of traffic relative to the others, 0..65535; 0 takes none (default:"
              + " ${DEFAULT-VALUE})")
  private int weight;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "",
      description = "Where it runs (default: not said)")
  private String zone = "";

  @Option(
      names = "--service-version",
      paramLabel = "VERSION",
      defaultValue = "",
      description = "The version of its software (default: not said)")
  private String version = "";

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      defaultValue = "30s",
      converter = Durations.class,
      description =
          "How long it stays visible when this command dies; renewed every third of it (default:"
              + " ${DEFAULT-VALUE})")
  private Duration ttl = Duration.ZERO;

  @Option(
      names = "--health",
      paramLabel = "PATH",
      description =
          "A path of the instance, or a URL, that answers 2xx while it is well; asked every 10 s"
              + " by registries that check (default: none, the lease alone tells)")
  private @Nullable String health;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      defaultValue = "UP",
      description =
          "What it says of itself: ${COMPLETION-CANDIDATES}; only UP takes traffic (default:"
              + " ${DEFAULT-VALUE})")
  private InstanceStatus status = InstanceStatus.UP;

  @Option(
      names = "--once",
      description =
          "Registers and leaves without withdrawing it; the line printed says whether it then"
              + " stays or leaves when its lease runs out (default: keeps it announced)")
  private boolean once;

  RegisterCommand(MainCommand main) {
    this.main = main;
  }

  @Override
  public Integer call() {
    ServiceInstance instance = instance();
    RegistrarOptions options = RegistrarOptions.defaults().withTtl(ttl);
    try (ServiceRegistry registry = main.connect()) {
      if (!registry.capabilities().contains(Capability.REGISTER)) {
        throw new IllegalArgumentException(
            "registry: " + registry.name() + " is a fixed list (expected: one that registers)");
      }
      if (once) {
        RegistrarOptions patient = options.withCallDeadline(ONLY_TRY);
        main.answer(registerOnce(registry, instance, patient).registered());
        printRegistered(registry, instance);
      } else {
        keep(registry, instance, options);
      }
    }
    return ErrorLines.OK;
  }

  private ServiceInstance instance() {
    InstanceUrl where = InstanceUrl.parse(url);
    ServiceInstance.Builder builder =
        ServiceInstance.builder(service, where.address().host(), where.address().port())
            .scheme(where.scheme())
            .tags(tags)
            .metadata(metadata)
            .weight(weight)
            .zone(zone)
            .version(version)
            .status(status);
    if (id != null) {
      builder.id(id);
    }
    if (health != null) {
      builder.healthCheck(HealthCheck.http(health));
    }
    return builder.build();
  }

  /** The first try shows whether the registry refuses; then there is no use in another. */
  private static Registrar registerOnce(
      ServiceRegistry registry, ServiceInstance instance, RegistrarOptions options) {
    return Registrar.announce(registry, instance, options.withFailFast(true));
  }

  private void keep(ServiceRegistry registry, ServiceInstance instance, RegistrarOptions options) {
    Registrar registrar = registerOnce(registry, instance, options);
    try {
      main.answer(registrar.registered());
    } catch (RegistryException.Unavailable away) {
      main.terminal().note(away.getMessage() + "; trying again until it answers");
      registrar = Registrar.announce(registry, instance, options);
    } catch (Failure stopped) {
      Stop.ending(registrar.closeAsync(), WITHDRAW, instance.key() + ": withdrawing");
      throw stopped;
    }
    Logs states = main.isVerbose() ? null : Logs.states(main.terminal().err());
    try {
      hold(registry, registrar);
    } finally {
      if (states != null) {
        states.close();
      }
    }
  }

  private void hold(ServiceRegistry registry, Registrar registrar) {
    ServiceInstance instance = registrar.instance();
    boolean told = false;
    Stop stop = main.terminal().stop();
    while (!stop.await(LOOK)) {
      RegistrarState state = registrar.state();
      if (state.isFinal()) {
        throw new Failure(
            instance.key()
                + ": "
                + state
                + " (another process announces this id; stop it, or give"
                + " this one another --id)");
      }
      if (!told && state == RegistrarState.REGISTERED) {
        told = true;
        printRegistered(registry, instance);
      }
    }
    withdraw(registry, registrar, told);
  }

  private void withdraw(ServiceRegistry registry, Registrar registrar, boolean told) {
    String key = registrar.instance().key() + " in " + registry.name();
    String before = registrar.state().toString();
    Stop.ending(
        registrar.closeAsync(), WITHDRAW, key + ": withdrawing, it stays until its lease ends");
    main.terminal().note(key + ": " + before + " -> " + registrar.state());
    if (!told && before.equals(RegistrarState.RETRYING.toString())) {
      throw new Failure(key + ": was never registered");
    }
  }

  private void printRegistered(ServiceRegistry registry, ServiceInstance instance) {
    boolean expires = registry.capabilities().contains(Capability.RENEW);
    String goes = expires ? "leaves when its lease of " + Durations.text(ttl) + " runs out" : null;
    String fate = !once ? "kept until this command ends" : goes == null ? "stays" : goes;
    String key = instance.key() + " at " + HostPort.of(instance) + " in " + registry.name();
    main.print(
        () -> "registered " + key + ", " + fate,
        () -> {
          ObjectNode object = InstanceJson.of(instance);
          object.put("event", "registered").put("registry", registry.name());
          return object.put("ttlMillis", ttl.toMillis()).put("kept", !once);
        });
  }
}
