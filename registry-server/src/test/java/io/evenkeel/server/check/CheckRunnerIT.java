package io.evenkeel.server.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.evenkeel.model.HealthCheck;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.server.directory.CheckDefinition;
import io.evenkeel.server.directory.CheckState;
import io.evenkeel.server.directory.CheckStatus;
import io.evenkeel.server.directory.Directory;
import io.evenkeel.server.directory.DirectoryHarness;
import io.evenkeel.server.directory.Registration;
import io.evenkeel.server.directory.Tenure;
import io.evenkeel.server.web.Refusal;
import io.evenkeel.time.Randomness;
import io.evenkeel.time.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real instances on loopback; the time between two checks is manual. */
class CheckRunnerIT {
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(25);
  private static final InstanceKey WEB_1 = new InstanceKey("web", "web-1");

  private final DirectoryHarness harness = new DirectoryHarness();
  private final AtomicInteger status = new AtomicInteger(200);
  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch release = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private CheckRunner runner;
  private HttpServer instance;

  @BeforeEach
  void open() throws IOException {
    runner =
        harness.now(d -> CheckRunner.start(harness.vertx(), d, Set.of(), Randomness.seeded(1)));
    instance = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    instance.setExecutor(threads);
    instance.createContext(
        "/health",
        exchange -> {
          asked.incrementAndGet();
          exchange.getResponseHeaders().add("Location", "/fine"); // for who would follow
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    instance.createContext(
        "/fine",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    instance.createContext("/hang", exchange -> hang());
    instance.start();
  }

  private void hang() {
    asked.incrementAndGet();
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void close() {
    release.countDown();
    harness.now(
        directory -> {
          runner.close();
          return true;
        });
    instance.stop(0);
    threads.shutdownNow();
    harness.close();
  }

  private int port() {
    return instance.getAddress().getPort();
  }

  private CheckDefinition http(String path, CheckStatus initial, int successes, int failures) {
    return new CheckDefinition(
        "c",
        "c",
        "",
        CheckDefinition.Kind.HTTP,
        "http://127.0.0.1:" + port() + path,
        INTERVAL,
        PATIENCE,
        initial,
        successes,
        (failures + 1) / 2, // a warning half way
        failures,
        null);
  }

  private void register(CheckDefinition... checks) {
    register("web-1", HealthCheck.none(), checks);
  }

  private void register(String id, HealthCheck own, CheckDefinition... checks) {
    ServiceInstance web =
        ServiceInstance.builder("web", "127.0.0.1", port()).id(id).healthCheck(own).build();
    Registration registration =
        new Registration(web, id, "", Tenure.standing(), List.of(checks), "", true);
    harness.ask(directory -> directory.register(registration));
  }

  private CheckStatus said() {
    return harness.now(d -> check(d).status());
  }

  private int underWay() {
    return harness.now(d -> runner.underWay());
  }

  private int polled() {
    return harness.now(d -> runner.polled());
  }

  private boolean isThere() {
    return harness.now(d -> d.entry(WEB_1).isPresent());
  }

  private static CheckState check(Directory directory) {
    return directory.entry(WEB_1).orElseThrow().checks().get(0);
  }

  private void eventually(BooleanSupplier condition) {
    long end = TimeSource.system().nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(TimeSource.system().nanoTime() < end, "not within 30 s");
      harness.now(directory -> true);
    }
  }

  /** Lets one check be made and its result be taken. */
  private void oneRound() {
    int before = asked.get();
    harness.elapse(INTERVAL.plusSeconds(1));
    eventually(() -> asked.get() > before && underWay() == 0);
  }

  @ParameterizedTest
  @CsvSource({
    "200, PASSING",
    "204, PASSING",
    "299, PASSING",
    "429, WARNING",
    "302, CRITICAL",
    "404, CRITICAL",
    "500, CRITICAL"
  })
  void a_status_is_read_as_consul_reads_it(int answered, CheckStatus found) {
    status.set(answered);
    register(http("/health", CheckStatus.CRITICAL, 1, 1));
    oneRound();
    assertEquals(found, said());
  }

  @Test
  void the_first_check_is_within_the_interval_but_not_at_once() {
    register(http("/health", CheckStatus.CRITICAL, 1, 1));
    harness.elapse(INTERVAL.dividedBy(10).minusMillis(200));
    assertEquals(0, asked.get());
    harness.elapse(INTERVAL);
    eventually(() -> asked.get() == 1);
  }

  @Test
  void nobody_there_is_critical() {
    register(
        new CheckDefinition(
            "c",
            "c",
            "",
            CheckDefinition.Kind.TCP,
            "127.0.0.1:1",
            INTERVAL,
            PATIENCE,
            CheckStatus.PASSING,
            1,
            1,
            1,
            null));
    harness.elapse(INTERVAL.plusSeconds(1));
    eventually(() -> said() == CheckStatus.CRITICAL);
  }

  @Test
  void a_connection_that_is_accepted_passes() {
    register(
        CheckDefinition.polled(
                "c", CheckDefinition.Kind.TCP, "127.0.0.1:" + port(), INTERVAL, PATIENCE)
            .deregisteringAfter(null));
    harness.elapse(INTERVAL.plusSeconds(1));
    eventually(() -> harness.now(d -> check(d).output()).endsWith("Success"));
    assertEquals(CheckStatus.PASSING, said());
  }

  @Test
  void thresholds_count_what_is_found_in_a_row() {
    status.set(500);
    register(http("/health", CheckStatus.PASSING, 2, 3));
    oneRound();
    assertEquals(CheckStatus.PASSING, said());
    oneRound();
    assertEquals(CheckStatus.WARNING, said());
    oneRound();
    assertEquals(CheckStatus.CRITICAL, said());
    status.set(200);
    oneRound();
    assertEquals(CheckStatus.CRITICAL, said());
    oneRound();
    assertEquals(CheckStatus.PASSING, said());
  }

  @Test
  void an_instance_that_does_not_answer_in_time_is_critical() {
    register(
        new CheckDefinition(
            "c",
            "c",
            "",
            CheckDefinition.Kind.HTTP,
            "http://127.0.0.1:" + port() + "/hang",
            INTERVAL,
            Duration.ofMillis(100),
            CheckStatus.PASSING,
            1,
            1,
            1,
            null));
    harness.elapse(INTERVAL.plusSeconds(1));
    eventually(() -> said() == CheckStatus.CRITICAL);
  }

  @Test
  void one_check_is_never_under_way_twice() {
    register(http("/hang", CheckStatus.PASSING, 1, 1));
    harness.elapse(INTERVAL.plusSeconds(1));
    eventually(() -> asked.get() == 1);
    harness.elapse(INTERVAL.multipliedBy(5));
    assertEquals(1, asked.get());
  }

  @Test
  void no_more_than_64_are_under_way_at_once() {
    for (int i = 1; i <= 70; i++) {
      register("web-" + i, HealthCheck.none(), http("/hang", CheckStatus.PASSING, 1, 1));
    }
    harness.elapse(INTERVAL.plusSeconds(1));
    eventually(() -> asked.get() == 64);
    assertEquals(64, underWay());
    release.countDown();
    eventually(() -> asked.get() == 70);
  }

  @Test
  void a_check_ends_with_its_row() {
    register(http("/health", CheckStatus.CRITICAL, 1, 1));
    harness.ask(directory -> directory.deregister(WEB_1, OptionalLong.empty(), ""));
    harness.elapse(INTERVAL.multipliedBy(3));
    assertEquals(0, polled());
    assertEquals(0, asked.get());
  }

  @Test
  void a_registration_again_goes_on_with_the_same_check() {
    register(http("/health", CheckStatus.CRITICAL, 1, 1));
    register(http("/health", CheckStatus.CRITICAL, 1, 1));
    assertEquals(1, polled());
    oneRound();
    assertEquals(CheckStatus.PASSING, said());
  }

  @Test
  void an_instances_own_health_check_is_made_too() {
    status.set(503);
    register("web-1", new HealthCheck.Http("/health", INTERVAL, INTERVAL));
    assertEquals(CheckStatus.PASSING, said());
    oneRound();
    eventually(() -> !harness.stored("web").get(0).status().takesTraffic());
  }

  @Test
  void one_that_is_critical_for_too_long_is_deregistered() {
    status.set(500);
    register(http("/health", CheckStatus.CRITICAL, 1, 1).deregisteringAfter(Duration.ofMinutes(1)));
    harness.elapse(Duration.ofSeconds(59));
    assertTrue(isThere());
    harness.elapse(Duration.ofSeconds(3));
    assertFalse(isThere());
    assertTrue(harness.stored("web").isEmpty());
  }

  @Test
  void what_must_not_be_called_is_not_registered() {
    CheckDefinition metadata =
        CheckDefinition.polled(
            "c", CheckDefinition.Kind.HTTP, "http://169.254.169.254/", INTERVAL, PATIENCE);
    Refusal refusal = assertThrows(Refusal.class, () -> register(metadata));
    assertEquals(400, refusal.status());
    assertFalse(isThere());
  }
}
