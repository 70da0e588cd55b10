package io.evenkeel.hazelcast;

import static io.evenkeel.hazelcast.Samples.KEY;
import static io.evenkeel.hazelcast.Samples.dead;
import static io.evenkeel.hazelcast.Samples.instance;
import static io.evenkeel.hazelcast.Samples.live;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.SerializationConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import com.hazelcast.nio.serialization.genericrecord.GenericRecord;
import com.hazelcast.nio.serialization.genericrecord.GenericRecordBuilder;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.ServiceRegistry;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What travels, and what does not. */
@Tag("cluster")
class SerializationIT {
  private static TestCluster cluster;
  private static HazelcastInstance stranger; // a client without our serializer and our filters

  private final HazelcastOptions options = TestCluster.options();
  private final IMap<String, Object> ours = cluster.member().getMap(options.map());
  private final IMap<String, Object> theirs = stranger.getMap(options.map());

  @BeforeAll
  static void start_cluster() {
    cluster = TestCluster.start();
    ClientConfig config = cluster.clientConfig();
    config.setSerializationConfig(new SerializationConfig());
    stranger = cluster.newClient(config);
  }

  @AfterAll
  static void stop_cluster() {
    cluster.close();
  }

  @Test
  void what_our_serializer_writes_a_stranger_reads_as_a_generic_record() {
    ours.set("k", live(3, 4, 7));
    Object read = theirs.get("k");
    assertTrue(read instanceof GenericRecord, () -> "read " + read.getClass());
    assertEquals(live(3, 4, 7), RegistrationSerializer.decode(read));
  }

  @Test
  void what_a_stranger_writes_our_serializer_reads() {
    theirs.set("k", RegistrationSerializer.toGenericRecord(dead(3, 4)));
    assertEquals(dead(3, 4), ours.get("k"));
  }

  /** A later version with a field more, beside this one. */
  @Test
  void a_record_with_a_field_more_is_read_without_it() {
    theirs.set("k", later().build());
    Registration read = (Registration) ours.get("k");
    assertTrue(read.hasRankOf(live(3, 4)));
    assertEquals(instance(1), read.instance());
    assertEquals(Map.of("new", "x"), read.unknown());
  }

  @Test
  void a_later_version_reads_ours_with_a_default_for_its_field() {
    ours.set("k", live(3, 4));
    GenericRecord read = (GenericRecord) theirs.get("k");
    assertFalse(read.getFieldNames().contains("region"));
    assertEquals(4, read.getInt64("version"));
  }

  /** An earlier version, which knew neither tombstones nor the length of a lease. */
  @Test
  void a_record_with_fields_less_is_read_with_defaults() {
    theirs.set(
        "k",
        GenericRecordBuilder.compact(RegistrationSerializer.TYPE_NAME)
            .setString("service", "orders")
            .setString("id", "a")
            .setInt64("incarnation", 3)
            .setInt64("version", 4)
            .setArrayOfString("pairs", new String[] {"host", "10.0.0.1", "port", "8080"})
            .build());
    Registration read = (Registration) ours.get("k");
    assertEquals(instance(1), read.instance());
    assertEquals(30, read.ttl().toSeconds());
  }

  private static GenericRecordBuilder later() {
    return GenericRecordBuilder.compact(RegistrationSerializer.TYPE_NAME)
        .setString("service", "orders")
        .setString("id", "a")
        .setInt64("incarnation", 3)
        .setInt64("version", 4)
        .setBoolean("tombstone", false)
        .setInt64("ttlMillis", Samples.TTL.toMillis())
        .setString("region", "north")
        .setArrayOfString("pairs", new String[] {"host", "10.0.0.1", "port", "8080", "new", "x"});
  }

  @Test
  void a_serialized_gadget_in_the_map_is_refused() {
    theirs.set("k", new Gadget());
    assertThrows(HazelcastSerializationException.class, () -> ours.get("k"));
    assertFalse(Gadget.SPRUNG.get());
  }

  @Test
  void a_serialized_task_is_refused() {
    ExecutionException refused =
        assertThrows(
            ExecutionException.class,
            () -> stranger.getExecutorService("any").submit(new Gadget()).get());
    assertTrue(refused.getMessage().contains("not allowed"), refused::getMessage);
    assertFalse(Gadget.SPRUNG.get());
  }

  @Test
  void a_gadget_in_the_map_does_not_hide_the_others() {
    try (ServiceRegistry registry = TestCluster.registry(cluster.member(), options)) {
      theirs.set("orders/poison", new Gadget());
      ServiceInstance one = instance(1);
      Waiting.result(registry.register(one, new Lease(Samples.TTL, 1)));
      try (ServiceRegistry newcomer = TestCluster.registry(cluster.member(), options)) {
        Waiting.until("the one", () -> Waiting.ids(newcomer).equals(Set.of("a")));
      }
    }
    assertFalse(Gadget.SPRUNG.get());
  }

  @Test
  void a_gadget_in_the_place_of_an_instance_neither_keeps_it_alive_nor_keeps_it_out() {
    HazelcastOptions brisk = options.withCallDeadline(Duration.ofSeconds(2));
    try (ServiceRegistry registry = TestCluster.registry(cluster.member(), brisk)) {
      Waiting.until("registered", () -> registers(registry, Duration.ofSeconds(3)));
      theirs.set(KEY.toString(), new Gadget());
      Waiting.until("silent", () -> Waiting.ids(registry).isEmpty());
      theirs.set(KEY.toString(), new Gadget());
      Waiting.until("overwritten", () -> registers(registry, Samples.TTL));
      assertEquals(Set.of("a"), Waiting.ids(registry));
    }
    assertFalse(Gadget.SPRUNG.get());
  }

  /** Hazelcast gives no answer to a write that displaces what it refuses to read. */
  private static boolean registers(ServiceRegistry registry, Duration ttl) {
    return Waiting.result(
        registry.register(instance(1), new Lease(ttl, 1)).handle((lease, error) -> error == null));
  }

  /** What does something when it is read. */
  private static final class Gadget implements Serializable, Callable<String> {
    private static final long serialVersionUID = 1L;
    private static final AtomicBoolean SPRUNG = new AtomicBoolean();

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      SPRUNG.set(true);
      in.defaultReadObject();
    }

    @Override
    public String call() {
      return "called";
    }
  }
}
