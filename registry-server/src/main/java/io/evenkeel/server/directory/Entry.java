package io.evenkeel.server.directory;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.InstanceStatus;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.server.web.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row of the directory: an instance, what its checks say, and when it was heard of. One that was
 * registered through another replica, or past the server, has no registration of its own here.
 * Event loop only; changed by {@link Directory} alone.
 */
public final class Entry {
  private final InstanceKey key;
  private ServiceInstance stored; // as in the registry, or as it last was
  private ServiceInstance shown; // the same without what is sealed in
  private Sealed sealed;
  private @Nullable Registration registration;
  private List<CheckState> checks = List.of();
  private final long createIndex;
  private long modifyIndex;
  private final Instant registeredAt;
  private Instant updatedAt;
  private Instant seenAt;
  private Duration ttl = Duration.ZERO;
  private long incarnation;
  private boolean expired;
  private boolean settling; // its status is being written
  private long writtenAt; // the count of writes when the last one of this row ended

  Entry(ServiceInstance stored, long index, Instant now) {
    this.key = stored.key();
    this.stored = stored;
    this.shown = Sealed.open(stored);
    this.sealed = Sealed.of(stored);
    this.createIndex = index;
    this.modifyIndex = index;
    this.registeredAt = now;
    this.updatedAt = now;
    this.seenAt = now;
    this.incarnation = sealed.incarnation();
    showLeaseCheck();
  }

  /** What is known of the checks of a row that was registered elsewhere. */
  private void showLeaseCheck() {
    LeaseWord word = sealed.word();
    if (registration == null && !word.checkId().isEmpty()) {
      ttl = word.ttl();
      CheckState check = new CheckState(word.definition(), 0);
      check.modified(modifyIndex);
      checks = List.of(check);
    }
  }

  /** Service and id. */
  public InstanceKey key() {
    return key;
  }

  /** The instance as others may see it; its status is what its checks make of it. */
  public ServiceInstance instance() {
    return shown;
  }

  /** The status that the instance says of itself. */
  public InstanceStatus ownWord() {
    if (registration != null) {
      return registration.instance().status();
    }
    boolean downByCheck =
        shown.status() == InstanceStatus.DOWN && sealed.word().status() == CheckStatus.CRITICAL;
    return downByCheck ? InstanceStatus.UP : shown.status();
  }

  /** What identifies it where ids are unique over all services. */
  public String wireId() {
    return sealed.wireId();
  }

  /** Whose token registered it. */
  public String owner() {
    return sealed.owner();
  }

  /** Refuses all others with 403. */
  void requireOwner(String caller) {
    if (!owner().equals(caller)) {
      throw new Refusal(403, "Permission denied: " + wireId() + " belongs to another");
    }
  }

  /** The record of the dialect it was registered in, empty if there is none. */
  public String document() {
    return sealed.document();
  }

  /** What it is checked by, here. */
  public List<CheckState> checks() {
    return checks;
  }

  /** A check by its id. */
  public Optional<CheckState> check(String id) {
    return checks.stream().filter(check -> check.definition().id().equals(id)).findFirst();
  }

  /** The worst of what it says of itself and what its checks say. */
  public CheckStatus verdict() {
    if (expired) {
      return CheckStatus.CRITICAL;
    }
    InstanceStatus word = ownWord();
    CheckStatus worst = word.takesTraffic() ? CheckStatus.PASSING : CheckStatus.CRITICAL;
    for (CheckState check : checks) {
      worst = check.status().compareTo(worst) > 0 ? check.status() : worst;
    }
    return worst;
  }

  /** Whether it takes traffic: it says so, its checks do not object, and it is alive. */
  public boolean isHealthy() {
    return !expired && shown.status().takesTraffic();
  }

  /** Whether its lease has run out; it is shown for a while yet. */
  public boolean isExpired() {
    return expired;
  }

  /** Whether it may be shown for traffic: healthy, and with a weight above 0. */
  public boolean takesTraffic() {
    return isHealthy() && shown.weight() > 0;
  }

  /**
   * Whether it has an address: one that has none is known to the dialect it was registered in, and
   * shown in no other.
   */
  public boolean isAddressable() {
    return !shown.host().equals(Registration.NOWHERE);
  }

  /** The index at which it appeared. */
  public long createIndex() {
    return createIndex;
  }

  /** The index at which it last changed. */
  public long modifyIndex() {
    return modifyIndex;
  }

  /** Wall clock when this server first heard of it. */
  public Instant registeredAt() {
    return registeredAt;
  }

  /** Wall clock when it last changed or was renewed. */
  public Instant updatedAt() {
    return updatedAt;
  }

  /** Wall clock of the last sign of life. */
  public Instant seenAt() {
    return seenAt;
  }

  /** Its lease, zero if it was granted elsewhere and no check stands for it. */
  public Duration ttl() {
    return ttl;
  }

  /** Whether a check's TTL is the lease, so that the registry watches over it. */
  public boolean isLeaseCheck(String checkId) {
    return registration != null && registration.leaseCheck().filter(checkId::equals).isPresent();
  }

  /** Whether it is still shown when its lease has run out. */
  boolean lingers() {
    return registration != null && !registration.tenure().lingering().isZero();
  }

  @Nullable Registration registration() {
    return registration;
  }

  ServiceInstance stored() {
    return stored;
  }

  Sealed sealed() {
    return sealed;
  }

  /** The incarnation that holds it; -1 if another said its own to another replica. */
  public long incarnation() {
    return incarnation;
  }

  long writtenAt() {
    return writtenAt;
  }

  /** Takes what the registry holds now; answers whether anything that is shown has changed. */
  boolean becomes(ServiceInstance newlyStored, long nextIndex, Instant now) {
    if (newlyStored.equals(stored) && !expired) {
      return false;
    }
    stored = newlyStored;
    shown = Sealed.open(newlyStored);
    sealed = Sealed.of(newlyStored);
    expired = false;
    modifyIndex = nextIndex;
    updatedAt = now;
    showLeaseCheck();
    return true;
  }

  void registered(
      Registration by, List<CheckState> itsChecks, long itsIncarnation, Duration lease) {
    registration = by;
    checks = List.copyOf(itsChecks);
    incarnation = itsIncarnation;
    ttl = lease;
  }

  void checkedBy(List<CheckState> others) {
    checks = others;
  }

  boolean isSettling() {
    return settling;
  }

  void settling(boolean underWay) {
    settling = underWay;
  }

  void seen(Instant now) {
    seenAt = now;
    updatedAt = now;
  }

  void written(long writes) {
    writtenAt = writes;
  }

  void expires(long nextIndex) {
    expired = true;
    modifyIndex = nextIndex;
  }

  void modified(long nextIndex) {
    modifyIndex = nextIndex;
  }
}
