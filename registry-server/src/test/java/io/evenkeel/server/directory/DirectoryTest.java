package io.evenkeel.server.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.InstanceStatus;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.Renewal;
import io.evenkeel.server.web.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DirectoryTest {
  private static final Duration TTL = Duration.ofSeconds(30);
  private static final InstanceKey WEB_1 = new InstanceKey("web", "web-1");

  private final DirectoryHarness harness = new DirectoryHarness();

  @AfterEach
  void close() {
    harness.close();
  }

  private static Registration registration(Tenure tenure, CheckDefinition... checks) {
    return registration("web", "ann", tenure, checks);
  }

  private static Registration registration(
      String service, String owner, Tenure tenure, CheckDefinition... checks) {
    ServiceInstance instance = ServiceInstance.builder(service, "10.0.0.1", 80).id("web-1").build();
    return new Registration(instance, "web-1", "", tenure, List.of(checks), owner, true);
  }

  private static CheckDefinition ttl(CheckStatus initial) {
    return new CheckDefinition(
        "alive", "alive", "", CheckDefinition.Kind.TTL, "", TTL, TTL, initial, 1, 1, 1, null);
  }

  private Entry row() {
    return harness.now(directory -> directory.entry(WEB_1).orElseThrow());
  }

  private boolean isThere() {
    return harness.now(directory -> directory.entry(WEB_1).isPresent());
  }

  @Test
  void what_is_registered_is_there_and_in_the_registry() {
    harness.ask(directory -> directory.register(registration(Tenure.leased(TTL))));
    assertEquals("web-1", row().wireId());
    assertEquals(1, harness.stored("web").size());
  }

  @Test
  void what_the_server_seals_in_is_not_shown() {
    harness.ask(directory -> directory.register(registration(Tenure.standing())));
    assertTrue(row().instance().metadata().isEmpty());
    assertFalse(harness.stored("web").get(0).metadata().isEmpty());
  }

  @Test
  void a_lease_that_runs_out_takes_its_row_along() {
    harness.ask(directory -> directory.register(registration(Tenure.leased(TTL))));
    harness.elapse(TTL.plusSeconds(2));
    assertFalse(isThere());
  }

  @Test
  void a_row_that_lingers_is_shown_as_expired_and_buried_later() {
    Tenure tenure = Tenure.leased(TTL).lingeringFor(Duration.ofMinutes(1));
    harness.ask(directory -> directory.register(registration(tenure, ttl(CheckStatus.PASSING))));
    harness.elapse(TTL.plusSeconds(2));
    assertTrue(row().isExpired());
    assertEquals("TTL expired", row().checks().get(0).output());
    harness.elapse(Duration.ofMinutes(2));
    assertFalse(isThere());
  }

  @Test
  void a_late_renewal_revives_what_lingers() {
    Tenure tenure = Tenure.leased(TTL).lingeringFor(Tenure.FOR_EVER);
    harness.ask(directory -> directory.register(registration(tenure)));
    harness.elapse(TTL.plusSeconds(2));
    assertEquals(Renewal.RENEWED, harness.ask(d -> d.renew(WEB_1, OptionalLong.empty(), "ann")));
    assertFalse(row().isExpired());
    assertEquals(1, harness.stored("web").size());
  }

  @Test
  void a_renewal_of_what_has_gone_says_so() {
    harness.ask(directory -> directory.register(registration(Tenure.leased(TTL))));
    harness.elapse(TTL.plusSeconds(2));
    assertEquals(Renewal.UNKNOWN, harness.ask(d -> d.renew(WEB_1, OptionalLong.empty(), "ann")));
  }

  @Test
  void a_standing_row_outlives_every_lease() {
    harness.ask(directory -> directory.register(registration(Tenure.standing())));
    for (int hour = 0; hour < 30; hour++) {
      harness.elapse(Duration.ofHours(1));
    }
    assertTrue(isThere());
  }

  @Test
  void a_renewal_may_bring_a_longer_lease() {
    harness.ask(directory -> directory.register(registration(Tenure.leased(TTL).of(7))));
    harness.ask(directory -> directory.renew(WEB_1, new Lease(TTL.multipliedBy(4), 7), "ann"));
    harness.elapse(TTL.multipliedBy(3));
    assertTrue(isThere());
  }

  @Test
  void a_critical_check_takes_the_instance_down_in_the_registry() {
    harness.ask(d -> d.register(registration(Tenure.standing(), ttl(CheckStatus.PASSING))));
    report(CheckStatus.CRITICAL);
    assertEquals(InstanceStatus.DOWN, harness.stored("web").get(0).status());
    report(CheckStatus.PASSING);
    assertEquals(InstanceStatus.UP, harness.stored("web").get(0).status());
  }

  private void report(CheckStatus status) {
    harness.ask(d -> d.report(row(d), row(d).checks().get(0), status, ""));
  }

  private static Entry row(Directory directory) {
    return directory.entry(WEB_1).orElseThrow();
  }

  @Test
  void reports_that_overtake_each_other_end_with_the_last() {
    harness.ask(d -> d.register(registration(Tenure.standing(), ttl(CheckStatus.PASSING))));
    harness.ask(
        d -> {
          CheckState check = row(d).checks().get(0);
          d.report(row(d), check, CheckStatus.CRITICAL, "");
          return d.report(row(d), check, CheckStatus.PASSING, "");
        });
    harness.elapse(Duration.ofMillis(100));
    assertEquals(InstanceStatus.UP, harness.stored("web").get(0).status());
  }

  @Test
  void maintenance_is_out_of_service_until_it_ends() {
    harness.ask(directory -> directory.register(registration(Tenure.standing())));
    CheckDefinition maintenance =
        new CheckDefinition(
            "m",
            "m",
            "",
            CheckDefinition.Kind.MAINTENANCE,
            "",
            TTL,
            TTL,
            CheckStatus.CRITICAL,
            1,
            1,
            1,
            null);
    harness.ask(d -> d.check(row(d), maintenance, "ann"));
    assertEquals(InstanceStatus.OUT_OF_SERVICE, harness.stored("web").get(0).status());
    harness.ask(d -> d.uncheck(row(d), "m", "ann"));
    assertEquals(InstanceStatus.UP, harness.stored("web").get(0).status());
  }

  @Test
  void a_registration_again_keeps_what_its_check_said() {
    Registration same = registration(Tenure.standing(), ttl(CheckStatus.CRITICAL));
    harness.ask(directory -> directory.register(same));
    report(CheckStatus.PASSING);
    harness.ask(directory -> directory.register(same));
    assertEquals(CheckStatus.PASSING, row().checks().get(0).status());
  }

  @Test
  void another_owner_may_neither_replace_nor_remove() {
    harness.ask(directory -> directory.register(registration(Tenure.standing())));
    Registration bobs = registration("web", "bob", Tenure.standing());
    assertEquals(403, refused(() -> harness.ask(d -> d.register(bobs))));
    assertEquals(
        403, refused(() -> harness.ask(d -> d.deregister(WEB_1, OptionalLong.empty(), "bob"))));
  }

  private static int refused(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(Refusal.class, call).status();
  }

  @Test
  void an_id_moves_to_another_service_of_its_owner() {
    harness.ask(directory -> directory.register(registration(Tenure.standing())));
    harness.ask(directory -> directory.register(registration("api", "ann", Tenure.standing())));
    assertFalse(isThere());
    assertEquals("api", harness.now(d -> d.byWireId("web-1").orElseThrow()).key().service());
  }

  @Test
  void an_older_life_may_not_register() {
    harness.ask(directory -> directory.register(registration(Tenure.leased(TTL).of(7))));
    Registration older = registration(Tenure.leased(TTL).of(6));
    RegistryException.Superseded error =
        assertThrows(RegistryException.Superseded.class, () -> harness.ask(d -> d.register(older)));
    assertEquals(7, error.holder());
  }

  @Test
  void what_others_write_to_the_registry_shows() {
    harness
        .registry()
        .register(
            ServiceInstance.builder("web", "10.0.0.9", 80).id("web-1").build(), new Lease(TTL, 1));
    harness.elapse(Duration.ofSeconds(2));
    assertEquals("10.0.0.9", row().instance().host());
    harness.registry().deregister(WEB_1, 1);
    harness.elapse(Duration.ofSeconds(2));
    assertFalse(isThere());
  }

  @Test
  void the_index_grows_with_every_change_and_not_without() {
    harness.ask(directory -> directory.register(registration(Tenure.leased(TTL))));
    Long before = harness.now(directory -> directory.index("web"));
    harness.ask(directory -> directory.renew(WEB_1, OptionalLong.empty(), "ann"));
    assertEquals(before, harness.now(directory -> directory.index("web")));
    harness.ask(directory -> directory.deregister(WEB_1, OptionalLong.empty(), "ann"));
    assertTrue(harness.now(directory -> directory.index("web")) > before);
  }
}
