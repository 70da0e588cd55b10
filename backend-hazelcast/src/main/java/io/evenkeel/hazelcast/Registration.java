package io.evenkeel.hazelcast;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the map holds under one key: a registration, or the tombstone of one. Two of a key are
 * ordered by their rank: the higher incarnation, then the tombstone, then the higher version. The
 * order is total and knows no clock, so whoever sees two agrees with everyone else on which stands.
 *
 * <p>Six components, since it is the schema of the map's values.
 *
 * @param version grows with every write, renewals among them
 * @param ttl of the lease; of a tombstone, how long it is kept
 * @param instance null in a tombstone
 * @param unknown what a later version says of the instance and this one does not understand: kept,
 *     so that a renewal through an older node loses none of it
 */
record Registration(
    InstanceKey key,
    long incarnation,
    long version,
    Duration ttl,
    @Nullable ServiceInstance instance,
    Map<String, String> unknown) {

  static Registration of(ServiceInstance instance, Lease lease, long version) {
    return new Registration(
        instance.key(), lease.incarnation(), version, lease.ttl(), instance, Map.of());
  }

  static Registration tombstone(InstanceKey key, long incarnation, long version, Duration kept) {
    return new Registration(key, incarnation, version, kept, null, Map.of());
  }

  boolean isTombstone() {
    return instance == null;
  }

  /** Whether it stands where both are known. */
  boolean outranks(Registration other) {
    return compare(other) > 0;
  }

  boolean hasRankOf(Registration other) {
    return compare(other) == 0;
  }

  private int compare(Registration other) {
    int byIncarnation = Long.compare(incarnation, other.incarnation);
    if (byIncarnation != 0) {
      return byIncarnation;
    }
    int byEnd = Boolean.compare(isTombstone(), other.isTombstone());
    return byEnd != 0 ? byEnd : Long.compare(version, other.version);
  }

  boolean hasPayloadOf(Registration other) {
    return Objects.equals(instance, other.instance) && unknown.equals(other.unknown);
  }

  /** Whether an incarnation comes too late: outlived by a newer life, or buried itself. */
  boolean refuses(long other) {
    return isTombstone() ? other <= incarnation : other < incarnation;
  }

  /** The same with a version above another's, and another TTL. */
  Registration after(long otherVersion, Duration newTtl) {
    return new Registration(key, incarnation, otherVersion + 1, newTtl, instance, unknown);
  }
}
