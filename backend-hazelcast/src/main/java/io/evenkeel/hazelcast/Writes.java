package io.evenkeel.hazelcast;

import io.evenkeel.hazelcast.Mirror.Known;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.Renewal;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.time.Scheduler;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Changes the map without a lock, a compare-and-set, or code of ours on a member: each key is a
 * register that holds the highest rank. A write puts its value and looks at what it displaced. If
 * that ranks higher, the write puts it back and has lost; so at any moment the highest value is in
 * the map, or in the hands of a writer that is putting it back, or, should that writer die, in the
 * mirrors of all nodes, which put it back when they hear of the lower one.
 *
 * <p>An operation that runs twice, early or late, therefore does no harm: the second run displaces
 * what came between, and puts it back. This is why it is not an entry processor, which would be one
 * step, but would need our classes on every member, and not {@code replace}, which blocks.
 */
final class Writes {
  private static final System.Logger LOG =
      System.getLogger(HazelcastServiceRegistry.class.getName());

  /** The least time a tombstone is kept, as in memory. */
  private static final Duration TOMBSTONE = Duration.ofSeconds(60);

  private static final int AT_ONCE = 256;
  private static final Duration PACE = Duration.ofMillis(50);

  private final Store store;
  private final Mirror mirror;
  private final Silence silence;
  private final Scheduler scheduler;

  Writes(Store store, Mirror mirror, Silence silence, Scheduler scheduler) {
    this.store = store;
    this.mirror = mirror;
    this.silence = silence;
    this.scheduler = scheduler;
  }

  /** What became of a write. */
  private record Written(
      Registration wanted, @Nullable Registration displaced, @Nullable Registration winner) {}

  CompletionStage<Lease> register(ServiceInstance instance, Lease lease) {
    Known known = mirror.known(instance.key());
    if (known != null && known.refuses(lease.incarnation())) {
      return superseded(known.registration(), lease.incarnation());
    }
    Registration wanted = Registration.of(instance, lease, nextVersion(known));
    return write(wanted, true).thenCompose(written -> granted(written, lease));
  }

  /**
   * A first version is drawn from the wall clock only to differ from that of an earlier life of the
   * entry which some node may remember; nothing compares it with a clock.
   */
  private long nextVersion(@Nullable Known known) {
    return known == null ? scheduler.instant().toEpochMilli() : known.registration().version() + 1;
  }

  private CompletionStage<Lease> granted(Written written, Lease lease) {
    if (written.winner != null) {
      return superseded(written.winner, lease.incarnation());
    }
    mirror.own(written.wanted.key());
    return CompletableFuture.completedStage(lease);
  }

  CompletionStage<Renewal> renew(InstanceKey key, Lease lease) {
    return lookup(key).thenCompose(known -> renew(known.orElse(null), lease));
  }

  private CompletionStage<Renewal> renew(@Nullable Known known, Lease lease) {
    if (known != null && known.refuses(lease.incarnation())) {
      return superseded(known.registration(), lease.incarnation());
    }
    if (known == null
        || !known.isListed()
        || known.registration().incarnation() != lease.incarnation()) {
      return CompletableFuture.completedStage(Renewal.UNKNOWN);
    }
    Registration held = known.registration();
    return write(held.after(held.version(), lease.ttl()), false)
        .thenCompose(
            written -> {
              if (written.displaced == null) {
                LOG.log(Level.DEBUG, () -> held.key() + " was lost by the cluster: put again");
              }
              return granted(written, lease).thenApply(grant -> Renewal.RENEWED);
            });
  }

  CompletionStage<Boolean> deregister(InstanceKey key, long incarnation) {
    return lookup(key).thenCompose(known -> deregister(key, known.orElse(null), incarnation));
  }

  private CompletionStage<Boolean> deregister(
      InstanceKey key, @Nullable Known known, long incarnation) {
    boolean any = incarnation == ServiceRegistry.ANY_INCARNATION;
    boolean listed = known != null && known.isListed();
    if (any && !listed) {
      return CompletableFuture.completedStage(false);
    }
    if (known != null && !known.silent()) {
      long holder = known.registration().incarnation();
      boolean newer = !any && holder > incarnation;
      boolean buried = known.registration().isTombstone() && holder >= incarnation;
      if (newer || buried) {
        return CompletableFuture.completedStage(false);
      }
    }
    long buried = any && known != null ? known.registration().incarnation() : incarnation;
    Duration kept = known == null ? TOMBSTONE : kept(known.registration());
    return write(Registration.tombstone(key, buried, nextVersion(known), kept), true)
        .thenCompose(written -> buried(written, listed, any));
  }

  private static Duration kept(Registration held) {
    Duration twice = held.ttl().multipliedBy(2);
    return twice.compareTo(TOMBSTONE) > 0 ? twice : TOMBSTONE;
  }

  private CompletionStage<Boolean> buried(Written written, boolean listed, boolean any) {
    Registration winner = written.winner;
    if (winner != null && any && !winner.isTombstone()) { // a newer life came between
      return deregister(winner.key(), ServiceRegistry.ANY_INCARNATION);
    }
    Registration displaced = written.displaced;
    boolean wasThere = displaced == null ? listed : !displaced.isTombstone();
    return CompletableFuture.completedStage(winner == null && wasThere);
  }

  private CompletionStage<Optional<Known>> lookup(InstanceKey key) {
    Known known = mirror.known(key);
    if (known != null) {
      return CompletableFuture.completedStage(Optional.of(known));
    }
    return store
        .get(key)
        .thenApply(
            found -> {
              found.ifPresent(this::learn);
              return Optional.ofNullable(mirror.known(key));
            });
  }

  private void learn(Registration heard) {
    mirror.offer(heard, silence.leaseNow());
  }

  /** Puts the value, and settles with what it displaced. */
  private CompletionStage<Written> write(Registration wanted, boolean payloadIsNew) {
    return store
        .swap(wanted)
        .thenCompose(found -> settle(wanted, found.orElse(null), payloadIsNew));
  }

  private CompletionStage<Written> settle(
      Registration wanted, @Nullable Registration displaced, boolean payloadIsNew) {
    if (displaced == null
        || wanted.outranks(displaced)
        || mirror.isSilent(displaced)
        || (wanted.isTombstone() && wanted.incarnation() == displaced.incarnation())) {
      boolean wasThere = displaced != null && !mirror.isSilent(displaced);
      learn(wanted);
      return CompletableFuture.completedStage(
          new Written(wanted, wasThere ? displaced : null, null));
    }
    if (displaced.refuses(wanted.incarnation())) {
      learn(displaced);
      return restore(displaced).thenApply(done -> new Written(wanted, displaced, displaced));
    }
    // The same life, written by another node meanwhile: go beyond it. A renewal keeps its payload.
    Registration base = payloadIsNew ? wanted : displaced;
    return write(base.after(displaced.version(), wanted.ttl()), payloadIsNew);
  }

  /**
   * Puts back what stands, as it is: a node's word that an instance was registered is no sign of
   * life of that instance.
   */
  CompletionStage<Void> restore(Registration standing) {
    return store
        .swap(standing)
        .thenCompose(
            found -> {
              Registration displaced = found.orElse(null);
              if (displaced != null && displaced.outranks(standing)) {
                learn(displaced);
                return restore(displaced);
              }
              return CompletableFuture.completedStage(null);
            });
  }

  /** Judges what was heard of a key: learns it, or puts back what ranks higher. */
  void heard(Registration heard) {
    if (mirror.offer(heard, silence.leaseNow()) != Mirror.Verdict.OUTRANKED) {
      return;
    }
    Known known = mirror.known(heard.key());
    if (known != null && !known.silent() && matters(known.registration(), heard)) {
      restore(known.registration()).whenComplete(Writes::logFailure);
    }
  }

  /** Whether more than a renewal would be lost; that comes again by itself. */
  private static boolean matters(Registration standing, Registration heard) {
    return standing.incarnation() > heard.incarnation()
        || standing.isTombstone() != heard.isTombstone();
  }

  /** The cluster no longer has the key: puts it again if this node announced it. */
  void lost(InstanceKey key) {
    Known known = mirror.known(key);
    if (known != null && mirror.isOwn(key)) {
      restore(known.registration()).whenComplete(Writes::logFailure);
    }
  }

  /** Puts what this node announced again, about 5,000 a second. */
  void putAgain(List<Registration> own) {
    List<Registration> first = own.subList(0, Math.min(AT_ONCE, own.size()));
    List<Registration> rest = own.subList(first.size(), own.size());
    first.forEach(one -> restore(one).whenComplete(Writes::logFailure));
    if (!rest.isEmpty()) {
      scheduler.schedule(PACE, () -> putAgain(rest));
    }
  }

  private static void logFailure(@Nullable Void done, @Nullable Throwable error) {
    if (error != null) { // the next repair comes across it again
      LOG.log(Level.DEBUG, () -> "not put back: " + error);
    }
  }

  private static <T> CompletionStage<T> superseded(Registration holder, long incarnation) {
    String why = holder.isTombstone() ? " was deregistered" : " holds it";
    return CompletableFuture.failedStage(
        new RegistryException.Superseded(
            holder.key()
                + ": incarnation "
                + incarnation
                + " is refused, "
                + holder.incarnation()
                + why,
            holder.incarnation()));
  }
}
