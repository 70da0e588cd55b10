package io.evenkeel.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenkeel.model.HealthCheck;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.InstanceStatus;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.registry.Capability;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.RegistryException.Closed;
import io.evenkeel.registry.RegistryException.Superseded;
import io.evenkeel.registry.Renewal;
import io.evenkeel.registry.ServiceRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What every registry backend owes. A backend inherits it and hands in its registry:
 *
 * <pre>{@code
 * class InMemoryServiceRegistryTest extends ServiceRegistryContract {
 *   protected ServiceRegistry newRegistry(ManualTime time) {
 *     return InMemoryServiceRegistry.create(time);
 *   }
 * }
 * }</pre>
 *
 * <p>A backend with a network of its own ignores the time it is given, says so with {@link
 * #runsOnManualTime()}, and shortens {@link #ttl()}; waiting then is real. What a backend cannot do
 * by its capabilities is skipped.
 */
public abstract class ServiceRegistryContract {
  /** Of a lease that no test outlasts, however slow the machine. */
  static final Duration LONG = Duration.ofMinutes(10);

  private static final InstanceKey KEY = new InstanceKey("orders", "a");

  private final ManualTime time = ManualTime.start();
  private RegistryHarness harness = new RegistryHarness(time, Duration.ZERO);

  @SuppressWarnings("NullAway.Init") // set before each test
  private ServiceRegistry registry;

  /** For the backend's test. */
  protected ServiceRegistryContract() {}

  /** A new, empty registry; it is closed after the test. */
  protected abstract ServiceRegistry newRegistry(ManualTime time);

  /**
   * Whether the store knows incarnations and does not revive a lease that ran out; true by default.
   * Another system's server may know neither: then {@link Lives} is skipped.
   */
  protected boolean knowsIncarnations() {
    return true;
  }

  /** Whether {@link #newRegistry} uses the time it is given; true by default. */
  protected boolean runsOnManualTime() {
    return true;
  }

  /**
   * The TTL of leases that are waited for, 10 s by default; a backend that waits for real wants a
   * short one. All other leases last longer than any test.
   */
  protected Duration ttl() {
    return Duration.ofSeconds(10);
  }

  /** How long after its TTL an instance may still be listed, 1 s by default. */
  protected Duration evictionDelay() {
    return Duration.ofSeconds(1);
  }

  /** How long a call may take, 3 s by default. */
  protected Duration callDeadline() {
    return Duration.ofSeconds(3);
  }

  @BeforeEach
  void open() {
    harness = new RegistryHarness(runsOnManualTime() ? time : null, callDeadline());
    registry = newRegistry(time);
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Nested
  class Watching extends ServiceWatchTests {
    @Override
    ServiceRegistry registry() {
      return registry;
    }

    @Override
    RegistryHarness harness() {
      return harness;
    }

    @Override
    Duration ttl() {
      return ServiceRegistryContract.this.ttl();
    }
  }

  @Nested
  class Lives extends ServiceLifeTests {
    @Override
    ServiceRegistry registry() {
      return registry;
    }

    @Override
    RegistryHarness harness() {
      return harness;
    }

    @Override
    ServiceRegistryContract contract() {
      return ServiceRegistryContract.this;
    }
  }

  private static Lease lease(long incarnation) {
    return new Lease(LONG, incarnation);
  }

  private static ServiceInstance instance(String service, String id) {
    return ServiceInstance.builder(service, "10.0.0.1", 8080).id(id).build();
  }

  private void register(ServiceInstance instance, long incarnation) {
    register(instance, lease(incarnation));
  }

  private void register(ServiceInstance instance, Lease lease) {
    assumeTrue(can(Capability.REGISTER), "the backend does not register");
    harness.result(registry.register(instance, lease));
  }

  private boolean can(Capability capability) {
    return registry.capabilities().contains(capability);
  }

  private void needsRenewals() {
    assumeTrue(can(Capability.RENEW), "the backend does not renew");
  }

  private List<ServiceInstance> orders() {
    return harness.result(registry.instances("orders")).instances();
  }

  @Test
  void a_registration_comes_back_with_every_field() {
    ServiceInstance full =
        ServiceInstance.builder("orders", "2001:db8::1", 8443)
            .id("orders-1")
            .scheme("https")
            .weight(7)
            .zone("zone-a")
            .version("1.2.3")
            .tags(List.of("blue", "canary"))
            .metadata("team", "checkout")
            .status(InstanceStatus.STARTING)
            .healthCheck(HealthCheck.http("/health"))
            .build();
    register(full, 1);
    assertEquals(List.of(full), orders());
  }

  @Test
  void a_grant_names_the_incarnation_and_a_ttl() {
    assumeTrue(can(Capability.REGISTER), "the backend does not register");
    Lease granted = harness.result(registry.register(instance("orders", "a"), lease(3)));
    assertEquals(3, granted.incarnation());
  }

  @Test
  void registering_again_changes_nothing() {
    register(instance("orders", "a"), 1);
    register(instance("orders", "a"), 1);
    assertEquals(List.of(instance("orders", "a")), orders());
  }

  @Test
  void registering_again_replaces_the_payload() {
    register(instance("orders", "a"), 1);
    ServiceInstance heavier = instance("orders", "a").toBuilder().weight(9).build();
    register(heavier, 1);
    assertEquals(List.of(heavier), orders());
  }

  @Test
  void status_and_weight_zero_are_stored_not_filtered() {
    ServiceInstance out =
        instance("orders", "a").toBuilder().weight(0).status(InstanceStatus.DRAINING).build();
    register(out, 1);
    assertEquals(List.of(out), orders());
  }

  @Test
  void services_are_listed_while_they_have_instances() {
    register(instance("orders", "a"), 1);
    register(instance("users", "a"), 1);
    assertEquals(Set.of("orders", "users"), harness.result(registry.services()));
    harness.result(registry.deregister(KEY, 1));
    assertEquals(Set.of("users"), harness.result(registry.services()));
  }

  @Test
  void one_id_under_two_services_is_two_instances() {
    register(instance("orders", "a"), 2);
    register(instance("users", "a"), 1);
    harness.result(registry.deregister(KEY, 2));
    assertEquals(Set.of(), harness.ids(registry, "orders"));
    assertEquals(Set.of("a"), harness.ids(registry, "users"));
  }

  @Test
  void an_unknown_service_is_a_fresh_empty_list() {
    ServiceSnapshot snapshot = harness.result(registry.instances("orders"));
    assertEquals("orders", snapshot.service());
    assertEquals(registry.name(), snapshot.source());
    assertEquals(ServiceSnapshot.Freshness.FRESH, snapshot.freshness());
    assertEquals(List.of(), snapshot.instances());
  }

  @Test
  void a_snapshot_does_not_change_any_more() {
    register(instance("orders", "a"), 1);
    ServiceSnapshot before = harness.result(registry.instances("orders"));
    register(instance("orders", "b"), 1);
    assertEquals(List.of(instance("orders", "a")), before.instances());
    assertThrows(UnsupportedOperationException.class, () -> before.instances().remove(0));
  }

  @Test
  void a_higher_incarnation_takes_the_id_over() {
    register(instance("orders", "a"), 1);
    ServiceInstance successor = ServiceInstance.builder("orders", "10.0.0.2", 80).id("a").build();
    register(successor, 2);
    assertEquals(List.of(successor), orders());
  }

  @Test
  void a_renewal_of_the_unknown_says_so() {
    needsRenewals();
    assertEquals(Renewal.UNKNOWN, harness.result(registry.renew(KEY, lease(1))));
    register(instance("orders", "a"), 1);
    InstanceKey other = new InstanceKey("orders", "b");
    assertEquals(Renewal.UNKNOWN, harness.result(registry.renew(other, lease(1))));
  }

  @Test
  void without_renewals_a_renewal_is_rejected() {
    assumeTrue(!can(Capability.RENEW), "the backend renews");
    harness.failure(RegistryException.Rejected.class, registry.renew(KEY, lease(1)));
  }

  @Test
  void an_instance_that_falls_silent_is_gone_after_its_ttl() {
    needsRenewals();
    register(instance("orders", "a"), new Lease(ttl(), 1));
    harness.elapse(ttl().dividedBy(2));
    assertEquals(Set.of("a"), harness.ids(registry, "orders"));
    harness.elapse(ttl().dividedBy(2).plus(evictionDelay()));
    assertEquals(Set.of(), harness.ids(registry, "orders"));
  }

  @Test
  void renewals_keep_an_instance() {
    needsRenewals();
    register(instance("orders", "a"), new Lease(ttl(), 1));
    for (int i = 0; i < 4; i++) {
      harness.elapse(ttl().dividedBy(2));
      assertEquals(Renewal.RENEWED, harness.result(registry.renew(KEY, new Lease(ttl(), 1))));
    }
    assertEquals(Set.of("a"), harness.ids(registry, "orders"));
  }

  @Test
  void registering_again_keeps_an_instance() {
    for (int i = 0; i < 4; i++) {
      register(instance("orders", "a"), new Lease(ttl(), 1));
      harness.elapse(ttl().dividedBy(2));
    }
    assertEquals(Set.of("a"), harness.ids(registry, "orders"));
  }

  @Test
  void deregistering_tells_whether_it_was_there() {
    register(instance("orders", "a"), 1);
    assertTrue(harness.result(registry.deregister(KEY, 1)));
    assertFalse(harness.result(registry.deregister(KEY, 1)));
    assertEquals(Set.of(), harness.ids(registry, "orders"));
  }

  @Test
  void a_deregistered_incarnation_stays_away() {
    register(instance("orders", "a"), 5);
    harness.result(registry.deregister(KEY, 5));
    harness.failure(Superseded.class, registry.register(instance("orders", "a"), lease(5)));
    harness.failure(Superseded.class, registry.register(instance("orders", "a"), lease(4)));
    assertEquals(Set.of(), harness.ids(registry, "orders"));
  }

  @Test
  void a_late_renewal_does_not_bring_a_deregistered_one_back() {
    needsRenewals();
    register(instance("orders", "a"), 5);
    harness.result(registry.deregister(KEY, 5));
    harness.failure(Superseded.class, registry.renew(KEY, lease(5)));
    assertEquals(5, harness.failure(Superseded.class, registry.renew(KEY, lease(4))).holder());
    assertEquals(Set.of(), harness.ids(registry, "orders"));
  }

  @Test
  void a_registration_that_arrives_after_its_deregistration_is_refused() {
    assumeTrue(can(Capability.REGISTER), "the backend does not register");
    assertFalse(harness.result(registry.deregister(KEY, 5)));
    harness.failure(Superseded.class, registry.register(instance("orders", "a"), lease(5)));
  }

  @Test
  void the_next_life_of_a_deregistered_id_is_welcome() {
    register(instance("orders", "a"), 5);
    harness.result(registry.deregister(KEY, 5));
    register(instance("orders", "a"), 6);
    assertEquals(Set.of("a"), harness.ids(registry, "orders"));
  }

  @Test
  void any_incarnation_of_the_unknown_forbids_nothing() {
    assumeTrue(can(Capability.REGISTER), "the backend does not register");
    assertFalse(harness.result(registry.deregister(KEY, ServiceRegistry.ANY_INCARNATION)));
    register(instance("orders", "a"), 0);
    assertEquals(Set.of("a"), harness.ids(registry, "orders"));
  }

  @Test
  void after_close_every_call_fails_as_closed() {
    registry.close();
    registry.close(); // twice is once
    harness.failure(Closed.class, registry.register(instance("orders", "a"), lease(1)));
    harness.failure(Closed.class, registry.renew(KEY, lease(1)));
    harness.failure(Closed.class, registry.deregister(KEY, 1));
    harness.failure(Closed.class, registry.instances("orders"));
    harness.failure(Closed.class, registry.services());
  }

  @Test
  void arguments_out_of_bounds_are_thrown_at_the_caller() {
    assertThrows(IllegalArgumentException.class, () -> registry.instances("../etc"));
    assertThrows(IllegalArgumentException.class, () -> registry.instances(""));
    assertThrows(IllegalArgumentException.class, () -> registry.deregister(KEY, -1));
    assertEquals(Set.of(), harness.ids(registry, "orders"));
  }
}
