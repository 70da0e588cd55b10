package io.evenkeel.hazelcast;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleListener;
import com.hazelcast.map.MapEvent;
import com.hazelcast.map.MapPartitionLostEvent;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryEvictedListener;
import com.hazelcast.map.listener.EntryExpiredListener;
import com.hazelcast.map.listener.EntryMergedListener;
import com.hazelcast.map.listener.EntryRemovedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import com.hazelcast.map.listener.MapClearedListener;
import com.hazelcast.map.listener.MapEvictedListener;
import com.hazelcast.map.listener.MapPartitionLostListener;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import io.evenkeel.model.InstanceKey;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster says of itself, on Hazelcast's threads, where nothing may block and no user's
 * code runs. Events are hints: they come late, twice or not at all. A value is news for the mirror;
 * that an entry left is only a reason to put it again if it is ours; anything larger is a reason to
 * read all.
 */
final class ClusterEvents
    implements LifecycleListener,
        MembershipListener,
        MapPartitionLostListener,
        EntryAddedListener<String, Object>,
        EntryUpdatedListener<String, Object>,
        EntryMergedListener<String, Object>,
        EntryRemovedListener<String, Object>,
        EntryEvictedListener<String, Object>,
        EntryExpiredListener<String, Object>,
        MapClearedListener,
        MapEvictedListener {
  private static final System.Logger LOG =
      System.getLogger(HazelcastServiceRegistry.class.getName());

  private final Writes writes;
  private final Reader reader;

  ClusterEvents(Writes writes, Reader reader) {
    this.writes = writes;
    this.reader = reader;
  }

  void onOpen() {
    reader.read(true);
  }

  @Override
  public void stateChanged(LifecycleEvent event) {
    switch (event.getState()) {
      case MERGED, CLIENT_CONNECTED, CLIENT_CHANGED_CLUSTER -> reader.read(true);
      case CLIENT_DISCONNECTED, SHUTTING_DOWN -> reader.away("the cluster is not connected");
      default -> LOG.log(Level.DEBUG, () -> "Hazelcast is " + event.getState());
    }
  }

  @Override
  public void memberAdded(MembershipEvent event) {
    reader.read(true);
  }

  @Override
  public void memberRemoved(MembershipEvent event) {
    reader.read(true);
  }

  @Override
  public void partitionLost(MapPartitionLostEvent event) {
    LOG.log(Level.WARNING, () -> "partition " + event.getPartitionId() + " lost: putting it again");
    reader.read(true);
  }

  @Override
  public void entryAdded(EntryEvent<String, Object> event) {
    heard(event::getValue);
  }

  @Override
  public void entryUpdated(EntryEvent<String, Object> event) {
    heard(event::getValue);
  }

  @Override
  public void entryMerged(EntryEvent<String, Object> event) {
    heard(event::getValue);
  }

  private void heard(Supplier<@Nullable Object> value) {
    try {
      Registration registration = RegistrationSerializer.decode(value.get());
      if (registration != null) {
        writes.heard(registration);
      }
    } catch (HazelcastSerializationException refused) {
      LOG.log(Level.WARNING, () -> "a foreign value in the map was refused: " + refused);
    }
  }

  @Override
  public void entryRemoved(EntryEvent<String, Object> event) {
    left(event.getKey());
  }

  @Override
  public void entryEvicted(EntryEvent<String, Object> event) {
    left(event.getKey());
  }

  @Override
  public void entryExpired(EntryEvent<String, Object> event) {
    left(event.getKey());
  }

  private void left(String key) {
    int slash = key.indexOf('/');
    if (slash > 0) {
      writes.lost(new InstanceKey(key.substring(0, slash), key.substring(slash + 1)));
    }
  }

  @Override
  public void mapCleared(MapEvent event) {
    reader.read(true);
  }

  @Override
  public void mapEvicted(MapEvent event) {
    reader.read(true);
  }
}
