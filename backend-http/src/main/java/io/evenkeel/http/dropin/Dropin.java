package io.evenkeel.http.dropin;

import io.evenkeel.http.dropin.Profile.Kind;
import io.evenkeel.model.HealthCheck;
import io.evenkeel.model.Lease;
import io.evenkeel.registry.Registries;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.time.Backoff;
import io.evenkeel.time.Scheduler;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Announces this service in one of the five systems, with the environment variables and the
 * defaults of the system's own client; what is set here wins over both.
 *
 * <pre>{@code
 * Announcement announcement = Dropin.configService().start(System.getenv());
 * }</pre>
 *
 * <p>Only the announcing is here. One instance by its id, as system 002 has it, is found in {@link
 * ServiceRegistry#instances}. The setup tools of system 004 install and configure a Consul and
 * write demo services: they are an operator's and not a client's, and {@code evenkeel serve} or
 * {@code consul agent -dev} start what they start; {@code evenkeel services} says whether a
 * registry answers.
 *
 * <p>For one thread. {@link #start} announces once: called again it says so and gives the same
 * announcement, which is safe from any thread.
 */
public final class Dropin {
  private static final Duration LONGEST = Lease.MAX_TTL.dividedBy(3);

  final Profile profile; // this and the other fields: read by Resolver and its neighbours
  final Map<String, String> variableNames = new LinkedHashMap<>();
  final Set<String> tags = new LinkedHashSet<>();
  final Map<String, String> metadata = new LinkedHashMap<>();
  String registry = "";
  String token = "";
  String serviceName = "";
  String instanceId = "";
  String url = "";
  String host = "";
  int port = -1;
  boolean secure;
  String version = "";
  HostOrder hostOrder = HostOrder.ENVIRONMENT_BEFORE_MACHINE;
  @Nullable HealthCheck healthCheck;
  Duration deregisterAfter = Duration.ofSeconds(30);
  Duration keepAlive;
  Duration reRegisterAfter = Duration.ZERO;
  SelfProbe selfProbe = SelfProbe.NONE;
  int attempts;
  Backoff backoff;
  Duration timeout;
  boolean failOnError;
  boolean autoDeregister = true;
  Consumer<RegistrationEvent> listener = event -> {};
  LocalHost machine = LocalHost.machine();
  Function<String, ServiceRegistry> connector = Registries::connect;
  @Nullable Scheduler scheduler;
  private @Nullable Announcement running;

  private Dropin(Profile profile) {
    this.profile = profile;
    this.keepAlive = profile.keepAlive();
    this.attempts = profile.attempts();
    this.backoff = profile.backoff();
    this.timeout = profile.timeout();
    this.version = profile.kind() == Kind.SERVICE_DISCOVERY ? "1.0.0" : "";
  }

  /**
   * System 000, a config-service. {@code CONFIG_SERVICE_URL} (http://config-service:8082), {@code
   * SERVICE_NAME} (your-service-name), {@code SERVICE_PORT} (8090), {@code SERVICE_HOST} (the
   * name), {@code SERVICE_PUBLIC_URL} (instead of host and port), {@code SERVICE_INSTANCE_ID} (name
   * and process id). Announced again every 30 s, since nothing there survives a restart.
   */
  public static Dropin configService() {
    return new Dropin(Profile.of(Kind.CONFIG_SERVICE));
  }

  /**
   * System 001, registered at a Consul agent that asks {@code /health}. {@code CONSUL_HOST}
   * (localhost), {@code CONSUL_PORT} (8500), before them {@code CONSUL_HTTP_ADDR}; {@code
   * CONSUL_HTTP_TOKEN}, {@code CONSUL_HTTP_SSL}; {@code SERVICE_NAME} (backend-api), {@code
   * SERVICE_ADDRESS} (localhost), {@code SERVICE_PORT} (8000), {@code SERVICE_TAGS} (api). The id
   * is {@code name-address-port}.
   */
  public static Dropin consulRegistry() {
    return new Dropin(Profile.of(Kind.CONSUL_REGISTRY));
  }

  /**
   * System 002, an orchestrator. {@code SERVICEKIT_ORCHESTRATOR_URL} (required), {@code
   * SERVICEKIT_REGISTRATION_KEY}, {@code SERVICEKIT_HOST} (the machine's name), {@code
   * SERVICEKIT_PORT} (8000), and for the name, unless the program says it, {@code SERVICE_NAME}.
   * Five attempts 2 s apart, a ping every 10 s. The id is made of name, host and port.
   */
  public static Dropin servicekit() {
    return new Dropin(Profile.of(Kind.SERVICEKIT));
  }

  /**
   * System 003, a registry with heartbeats. {@code REGISTRY_URL} (http://localhost:8006), {@code
   * PORT} (8000), and for the name, unless the program says it, {@code SERVICE_NAME}. The host is
   * localhost unless the program says another; a heartbeat every 10 s; the id is a random UUID.
   */
  public static Dropin heartbeat() {
    return new Dropin(Profile.of(Kind.HEARTBEAT));
  }

  /**
   * System 004, registered at a Consul agent that asks {@code /health}. {@code
   * SERVICE_REGISTRY_HOST} (localhost), {@code SERVICE_REGISTRY_PORT} (8500), before them {@code
   * CONSUL_HTTP_ADDR}; {@code ENVIRONMENT} (development) for a tag, and for the name, unless the
   * program says it, {@code SERVICE_NAME}. The program says the port; without one, or with 0,
   * nothing is announced. The host is the machine's address unless the program says another.
   */
  public static Dropin serviceDiscovery() {
    return new Dropin(Profile.of(Kind.SERVICE_DISCOVERY));
  }

  /** Where the registry is: an address as in the variable, or a registry URI of ours. */
  public Dropin registry(String address) {
    registry = address;
    return this;
  }

  /** What the registry wants to see: an ACL token, a service key, a bearer token. */
  public Dropin token(String secret) {
    token = secret;
    return this;
  }

  /** Another variable to read instead of a documented one. */
  public Dropin variable(String documented, String instead) {
    variableNames.put(documented, instead);
    return this;
  }

  /** The service's name. */
  public Dropin serviceName(String name) {
    serviceName = name;
    return this;
  }

  /** The instance's id. */
  public Dropin instanceId(String id) {
    instanceId = id;
    return this;
  }

  /** Where the instance is reached, instead of host and port; a path is left out. */
  public Dropin url(String httpUrl) {
    url = httpUrl;
    return this;
  }

  /** The instance's host. */
  public Dropin host(String name) {
    host = name;
    return this;
  }

  /** The instance's port; 0 announces nothing. */
  public Dropin port(int number) {
    if (number < 0 || number > 65_535) {
      throw new IllegalArgumentException("port: " + number + " (expected: 0..65535)");
    }
    port = number;
    return this;
  }

  /** Whether host and port are spoken to over https; false unless set. */
  public Dropin secure(boolean https) {
    secure = https;
    return this;
  }

  /** The version of the instance's software; 1.0.0 in system 004 and none elsewhere unless set. */
  public Dropin version(String text) {
    version = text;
    return this;
  }

  /** More tags; in system 001 they replace {@code SERVICE_TAGS}. */
  public Dropin tags(Collection<String> more) {
    tags.addAll(more);
    return this;
  }

  /** One more pair of metadata. */
  public Dropin metadata(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  /** Whether the variable or the machine names the host; the variable unless set. */
  public Dropin hostOrder(HostOrder order) {
    hostOrder = order;
    return this;
  }

  /** How the instance is asked whether it is well. */
  public Dropin healthCheck(HealthCheck check) {
    healthCheck = check;
    return this;
  }

  /**
   * How long a Consul agent bears an instance that is not well; 30 s, which Consul takes for 60.
   */
  public Dropin deregisterAfter(Duration time) {
    deregisterAfter = time;
    return this;
  }

  /**
   * The time between two signs of life, varied by ±10 %; zero for none. A lease lives three times
   * as long, and without signs of life as long as may be.
   */
  public Dropin keepAlive(Duration interval) {
    if (interval.isNegative() || interval.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("keepAlive: " + interval + " (expected: 0..8 h)");
    }
    keepAlive = interval;
    return this;
  }

  /**
   * How long to wait before registering again where the registry has lost the instance: not at all
   * unless set; 30 s in the last generation of system 002.
   */
  public Dropin reRegisterAfter(Duration grace) {
    reRegisterAfter = grace;
    return this;
  }

  /**
   * Registers only when the service says yes, asked every 0.5 s, for instance by a GET of its own
   * {@code /health}. A registration that has waited longer than the limit counts as a failed
   * attempt, and the next one waits again. Unless set, {@link #start} is called when the service
   * answers; system 002 takes 30 s.
   */
  public Dropin registerWhen(Supplier<CompletionStage<Boolean>> answers, Duration limit) {
    if (limit.compareTo(Duration.ofSeconds(1)) < 0 || limit.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: 1 s..1 h)");
    }
    selfProbe = new SelfProbe(answers, limit);
    return this;
  }

  /** How often registering is tried; 0 for ever. */
  public Dropin attempts(int number) {
    if (number < 0) {
      throw new IllegalArgumentException(
          "attempts: " + number + " (expected: >= 0; 0 tries for ever)");
    }
    attempts = number;
    return this;
  }

  /** The time between two attempts. */
  public Dropin backoff(Backoff times) {
    backoff = times;
    return this;
  }

  /** How long one request may take. */
  public Dropin timeout(Duration time) {
    timeout = time;
    return this;
  }

  /**
   * Whether {@link Announcement#registered()} fails when nothing is registered; false unless set.
   */
  public Dropin failOnError(boolean fail) {
    failOnError = fail;
    return this;
  }

  /** Whether closing, and the end of the JVM, deregister; true unless set. */
  public Dropin autoDeregister(boolean deregister) {
    autoDeregister = deregister;
    return this;
  }

  /** Hears every event, besides the log; called on any thread, and must not block. */
  public Dropin listener(Consumer<RegistrationEvent> hearing) {
    listener = hearing;
    return this;
  }

  /** Where timers run, instead of a daemon thread of its own; stays the caller's. */
  public Dropin scheduler(Scheduler timers) {
    scheduler = timers;
    return this;
  }

  /**
   * How a registry is made from a URI: {@link Registries#connect} unless set, {@code uri ->
   * HttpRegistries.connect(vertx, uri)} to share a Vert.x. The announcement closes the registry.
   */
  public Dropin connector(Function<String, ServiceRegistry> connecting) {
    connector = connecting;
    return this;
  }

  /** What the machine calls itself. */
  Dropin machine(LocalHost localHost) {
    machine = localHost;
    return this;
  }

  /**
   * Finds out who and where this service is, and announces it: to be called when the service
   * answers. Returns at once and throws nothing for want of a registry or of a variable: what came
   * of it is in {@link Announcement#registered()}.
   *
   * @param environment usually {@link System#getenv()}
   */
  public Announcement start(Map<String, String> environment) {
    EventLog early = new EventLog(profile.kind(), serviceName, listener);
    Announcement first = running;
    if (first != null) {
      early.accept(RegistrationEvent.of(Level.WARNING, "keepalive.already_running"));
      return first;
    }
    try {
      Plan plan = new Resolver(this, new Variables(environment, variableNames, early)).plan();
      EventLog events = new EventLog(profile.kind(), plan.instance().service(), listener);
      ServiceRegistry connected = connector.apply(plan.registry().uri());
      Announcement live = LiveAnnouncement.begin(this, plan, connected, events);
      running = live;
      return live;
    } catch (IllegalArgumentException missing) {
      return skipped(missing, early);
    }
  }

  private Announcement skipped(IllegalArgumentException missing, EventLog events) {
    String reason = String.valueOf(missing.getMessage());
    if (missing instanceof Unresolved unresolved) {
      unresolved.event().ifPresent(events);
      reason = unresolved.reason();
    }
    events.accept(RegistrationEvent.of(Level.WARNING, "registration.skipped", "reason", reason));
    return new SkippedAnnouncement(
        failOnError
            ? CompletableFuture.failedStage(missing)
            : CompletableFuture.completedStage(Optional.empty()));
  }
}
