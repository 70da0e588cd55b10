package io.evenkeel.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.registry.Registries;
import io.evenkeel.registry.RegistryUri;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.server.Protocol;
import io.evenkeel.server.RegistryServer;
import io.evenkeel.server.RegistryServerOptions;
import io.evenkeel.server.RegistryServerOptions.Connections;
import io.evenkeel.server.RegistryServerOptions.Quota;
import io.evenkeel.server.RegistryServerOptions.Tls;
import io.vertx.core.Vertx;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves a registry over HTTP until it is told to stop. */
@Command(
    name = "serve",
    description = {
      "Serves a registry over HTTP, in four dialects, until SIGTERM or SIGINT.",
      "Prints one line, evenkeel ready, with the addresses when all of them listen. The registry"
          + " is inmemory: unless --registry or EVENKEEL_REGISTRY says otherwise."
    })
final class ServeCommand implements Callable<Integer> {
  private static final Duration DRAIN = Duration.ofSeconds(7);
  private static final Duration PUT_AWAY = Duration.ofSeconds(1); // 8 s in all; 9 are given

  private static final Pattern ALL_OF_THIS = Pattern.compile("(?i)localhost|0\\.0\\.0\\.0|::");
  private static final Pattern THIS = Pattern.compile(ALL_OF_THIS + "|127[0-9.]+|::1");

  private final MainCommand main;

  @Option(
      names = "--listen",
      paramLabel = "PROTOCOL=HOST:PORT",
      converter = Listen.Converter.class,
      description =
          "Where a protocol is served: consul, config-service, heartbeat, orchestrator or admin;"
              + " port 0 takes a free one. Repeatable; once given, only those given are served"
              + " (default: all of them on 127.0.0.1: consul=8500, config-service=8082,"
              + " heartbeat=8006, orchestrator=9000, admin=8090)")
  private List<Listen> listeners = List.of();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "Lets in only who has a token of this file: lines owner:token, # begins a comment"
              + " (default: everyone, and only loopback is served)")
  private @Nullable Path tokenFile;

  @ArgGroup(exclusive = false, multiplicity = "0..1")
  private @Nullable TlsFiles tls;

  @Option(
      names = "--allow-insecure",
      description = "Serves addresses beyond loopback without tokens (default: refuses to)")
  private boolean allowInsecure;

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      defaultValue = "12s",
      converter = Durations.class,
      description =
          "How long an empty registry answers that it does not know yet, instead of that there is"
              + " nothing; 0s for never (default: ${DEFAULT-VALUE})")
  private Duration warmUp = Duration.ZERO;

  @Option(
      names = "--check-host",
      paramLabel = "HOST",
      description =
          "A host that health checks may call beside the address registered. Repeatable"
              + " (default: none)")
  private Set<String> checkHosts = Set.of();

  @Option(
      names = "--max-instances",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Instances that one owner may register (default: ${DEFAULT-VALUE})")
  private int maxInstances;

  @Option(
      names = "--max-services",
      paramLabel = "N",
      defaultValue = "200",
      description = "Services that one owner may register (default: ${DEFAULT-VALUE})")
  private int maxServices;

  @Option(
      names = "--max-total-instances",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Instances of everyone (default: ${DEFAULT-VALUE})")
  private int maxTotalInstances;

  @Option(
      names = "--max-watches-per-client",
      paramLabel = "N",
      defaultValue = "200",
      description = "Blocking queries of one client address (default: ${DEFAULT-VALUE})")
  private int maxWatchesPerClient;

  @Option(
      names = "--max-watches",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Blocking queries in all (default: ${DEFAULT-VALUE})")
  private int maxWatches;

  @Option(
      names = "--max-connections-per-client",
      paramLabel = "N",
      defaultValue = "4000",
      description =
          "Connections of one client address, or one /64 of IPv6, to each listener"
              + " (default: ${DEFAULT-VALUE})")
  private int maxConnectionsPerClient;

  ServeCommand(MainCommand main) {
    this.main = main;
  }

  /** Certificate and key; one without the other makes no sense. */
  static final class TlsFiles {
    @Option(
        names = "--tls-cert",
        required = true,
        paramLabel = "FILE",
        description = "Serves TLS with this certificate, a PEM file (default: no TLS)")
    private Path certificate = Path.of("");

    @Option(
        names = "--tls-key",
        required = true,
        paramLabel = "FILE",
        description = "The certificate's key, a PEM file; needed with --tls-cert")
    private Path key = Path.of("");
  }

  @Override
  public Integer call() {
    RegistryServerOptions options = options();
    String uri = main.registryUri().orElse("inmemory:");
    refuseItself(RegistryUri.parse(uri), options);
    try (ServiceRegistry registry = Registries.connect(uri)) {
      Vertx vertx = Vertx.vertx();
      try {
        serve(vertx, registry, options);
      } finally {
        Stop.settle(vertx.close().toCompletionStage(), PUT_AWAY);
      }
    }
    return ErrorLines.OK;
  }

  private void serve(Vertx vertx, ServiceRegistry registry, RegistryServerOptions options) {
    RegistryServer server =
        main.answer(RegistryServer.start(vertx, registry, options).toCompletionStage());
    Map<String, String> addresses = addresses(server);
    main.print(() -> readyLine(addresses), () -> readyObject(registry, addresses));
    main.terminal().stop().await();
    Stop.ending(server.close().toCompletionStage(), DRAIN, "requests under way");
  }

  private RegistryServerOptions options() {
    RegistryServerOptions options =
        listeners.isEmpty() ? RegistryServerOptions.defaults() : RegistryServerOptions.none();
    for (Listen listen : listeners) {
      if (options.listeners().containsKey(listen.protocol())) {
        throw new IllegalArgumentException(
            "listen: " + listen.protocol().label() + " twice (expected: once for each protocol)");
      }
      HostPort address = listen.address();
      options = options.withListener(listen.protocol(), address.host(), address.port());
    }
    if (tokenFile != null) {
      options = options.withTokens(TokenFile.read(tokenFile));
    }
    if (tls != null) {
      options = options.withTls(new Tls(readable(tls.certificate), readable(tls.key)));
    }
    Connections usual = Connections.defaults();
    return options
        .withConnections(
            new Connections(
                positive("max-connections-per-client", maxConnectionsPerClient),
                usual.request(),
                usual.idle()))
        .withAllowInsecure(allowInsecure)
        .withWarmUp(warmUp)
        .withCheckHosts(new LinkedHashSet<>(checkHosts))
        .withQuota(
            new Quota(
                positive("max-instances", maxInstances),
                positive("max-services", maxServices),
                positive("max-watches-per-client", maxWatchesPerClient),
                positive("max-watches", maxWatches),
                positive("max-total-instances", maxTotalInstances)));
  }

  private static Path readable(Path file) {
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException("tls: " + file + " (expected: a readable PEM file)");
    }
    return file;
  }

  private static int positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
    }
    return value;
  }

  /** EVENKEEL_REGISTRY may well name the very server that is about to be started here. */
  private static void refuseItself(RegistryUri uri, RegistryServerOptions options) {
    options
        .listeners()
        .forEach(
            (protocol, address) -> {
              if (address.port() != 0 && isNamed(uri, protocol, address)) {
                throw new IllegalArgumentException(
                    "registry: "
                        + uri
                        + " is what this server would listen on (expected: what is to be"
                        + " served, such as --registry inmemory:)");
              }
            });
  }

  private static boolean isNamed(RegistryUri uri, Protocol protocol, SocketAddress listener) {
    int usual = uri.scheme().equals(protocol.label()) ? protocol.defaultPort() : -1;
    return Stream.of(uri.target().split("/", 2)[0].split(",", -1))
        .anyMatch(text -> isAt(HostAndPort.parseAuthority(text, usual), listener));
  }

  private static boolean isAt(@Nullable HostAndPort named, SocketAddress listener) {
    return named != null
        && named.port() == listener.port()
        && isSame(HostPort.ofUri(named.host(), named.port()).host(), listener.host());
  }

  /** Whether two hosts are surely this machine at the same address, or the very same name. */
  private static boolean isSame(String some, String other) {
    boolean anyOfThem = ALL_OF_THIS.matcher(some).matches() || ALL_OF_THIS.matcher(other).matches();
    return some.equalsIgnoreCase(other)
        || (anyOfThem && THIS.matcher(some).matches() && THIS.matcher(other).matches());
  }

  /** By the protocols' labels, in the protocols' order. */
  private static Map<String, String> addresses(RegistryServer server) {
    Map<String, String> addresses = new LinkedHashMap<>();
    for (Protocol protocol : Protocol.values()) {
      SocketAddress bound = server.addresses().get(protocol);
      if (bound != null) {
        addresses.put(protocol.label(), new HostPort(bound.host(), bound.port()).toString());
      }
    }
    return addresses;
  }

  private static String readyLine(Map<String, String> addresses) {
    return addresses.entrySet().stream()
        .map(entry -> " " + entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining("", "evenkeel ready", ""));
  }

  private static ObjectNode readyObject(ServiceRegistry registry, Map<String, String> addresses) {
    ObjectNode listen = JsonNodeFactory.instance.objectNode();
    addresses.forEach(listen::put);
    ObjectNode ready = JsonNodeFactory.instance.objectNode();
    ready.put("event", "ready").put("registry", registry.name()).set("listen", listen);
    return ready;
  }
}
