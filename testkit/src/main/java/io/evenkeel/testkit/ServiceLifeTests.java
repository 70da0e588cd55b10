package io.evenkeel.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.Capability;
import io.evenkeel.registry.RegistryException.Superseded;
import io.evenkeel.registry.Renewal;
import io.evenkeel.registry.ServiceRegistry;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The part of {@link ServiceRegistryContract} about which life of an instance counts; run by it,
 * where the store knows.
 */
abstract class ServiceLifeTests {
  private static final InstanceKey KEY = new InstanceKey("orders", "a");

  abstract ServiceRegistry registry();

  abstract RegistryHarness harness();

  abstract ServiceRegistryContract contract();

  @BeforeEach
  void skip_unless_incarnations_are_known() {
    assumeTrue(can(Capability.REGISTER), "the backend does not register");
    assumeTrue(contract().knowsIncarnations(), "the server behind it knows no incarnations");
  }

  private boolean can(Capability capability) {
    return registry().capabilities().contains(capability);
  }

  private void needsRenewals() {
    assumeTrue(can(Capability.RENEW), "the backend does not renew");
  }

  private static Lease lease(long incarnation) {
    return new Lease(ServiceRegistryContract.LONG, incarnation);
  }

  private static ServiceInstance instance(String service, String id) {
    return ServiceInstance.builder(service, "10.0.0.1", 8080).id(id).build();
  }

  private void register(ServiceInstance instance, long incarnation) {
    harness().result(registry().register(instance, lease(incarnation)));
  }

  private List<ServiceInstance> orders() {
    return harness().result(registry().instances("orders")).instances();
  }

  @Test
  void a_newer_incarnation_has_nothing_to_renew_yet() {
    needsRenewals();
    register(instance("orders", "a"), 1);
    assertEquals(Renewal.UNKNOWN, harness().result(registry().renew(KEY, lease(2))));
  }

  @Test
  void an_older_incarnation_may_not_register() {
    register(instance("orders", "a"), 2);
    ServiceInstance old = ServiceInstance.builder("orders", "10.0.0.2", 80).id("a").build();
    Superseded refused = harness().failure(Superseded.class, registry().register(old, lease(1)));
    assertEquals(2, refused.holder());
    assertEquals(List.of(instance("orders", "a")), orders());
  }

  @Test
  void an_older_incarnation_may_not_renew() {
    needsRenewals();
    register(instance("orders", "a"), 2);
    harness().failure(Superseded.class, registry().renew(KEY, lease(1)));
  }

  @Test
  void after_its_lease_ran_out_an_instance_may_register_again() {
    needsRenewals();
    Lease brief = new Lease(contract().ttl(), 1);
    harness().result(registry().register(instance("orders", "a"), brief));
    harness().elapse(contract().ttl().plus(contract().evictionDelay()));
    assertEquals(Renewal.UNKNOWN, harness().result(registry().renew(KEY, lease(1))));
    register(instance("orders", "a"), 1);
    assertEquals(Set.of("a"), harness().ids(registry(), "orders"));
  }

  @Test
  void any_incarnation_removes_what_is_there_for_good() {
    register(instance("orders", "a"), 5);
    assertTrue(harness().result(registry().deregister(KEY, ServiceRegistry.ANY_INCARNATION)));
    harness().failure(Superseded.class, registry().register(instance("orders", "a"), lease(5)));
    register(instance("orders", "a"), 6);
    assertEquals(Set.of("a"), harness().ids(registry(), "orders"));
  }

  @Test
  void an_older_incarnation_does_not_deregister_a_newer_one() {
    register(instance("orders", "a"), 2);
    assertFalse(harness().result(registry().deregister(KEY, 1)));
    assertEquals(Set.of("a"), harness().ids(registry(), "orders"));
  }

  @Test
  void threads_at_once_leave_what_they_would_one_by_one() throws InterruptedException {
    RegistryCrowd.run(4, worker -> workOnOwnAndSharedIds(worker));
    assertEquals(Set.of("own-0", "own-1", "own-2", "own-3"), harness().ids(registry(), "orders"));
    assertEquals(3, harness().result(registry().instances("users")).instances().get(0).weight());
  }

  /** Ids of its own that stay or go, and one id that the highest worker wins. */
  private void workOnOwnAndSharedIds(int worker) {
    ServiceInstance shared = instance("users", "x").toBuilder().weight(worker).build();
    for (int i = 0; i < 25; i++) {
      register(instance("orders", "own-" + worker), i);
      register(instance("orders", "gone-" + worker), i);
      harness().result(registry().deregister(new InstanceKey("orders", "gone-" + worker), i));
      harness().ended(registry().register(shared, lease(worker))); // refused or not
    }
  }
}
