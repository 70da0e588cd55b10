package io.evenkeel.hazelcast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.nio.serialization.FieldKind;
import com.hazelcast.nio.serialization.compact.CompactReader;
import com.hazelcast.nio.serialization.compact.CompactSerializer;
import com.hazelcast.nio.serialization.compact.CompactWriter;
import io.evenkeel.model.Lease;
import io.evenkeel.registry.Renewal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two versions of the schema in one cluster: a member with ours, and one with that of a later
 * version, which has a field more in the record and a pair more in the instance.
 */
@Tag("cluster")
class SchemaIT {
  private static final Lease LEASE = new Lease(Samples.TTL, 3);
  private static final List<String> PAIRS =
      List.of("host", "10.0.0.1", "port", "8080", "shard", "7");

  private final HazelcastOptions options = TestCluster.options();
  private TestCluster cluster;
  private HazelcastInstance later;
  private HazelcastServiceRegistry older;

  @BeforeEach
  void start() {
    cluster = TestCluster.start();
    Config config = cluster.memberConfig();
    config
        .getSerializationConfig()
        .getCompactSerializationConfig()
        .setSerializers(new LaterSerializer());
    later = cluster.newMember(config);
    older = TestCluster.registry(cluster.member(), options);
  }

  @AfterEach
  void stop() {
    older.close();
    cluster.close();
  }

  private IMap<String, Later> laterMap() {
    return later.getMap(options.map());
  }

  private static Later written(String id, String region) {
    return new Later("orders", id, 3, 4, false, Samples.TTL.toMillis(), PAIRS, region);
  }

  @Test
  void the_older_reads_what_the_later_wrote() {
    laterMap().set("orders/a", written("a", "north"));
    Waiting.until("read", () -> Waiting.ids(older).equals(Set.of("a")));
    assertEquals(List.of(Samples.instance(1)), Waiting.orders(older).instances());
  }

  @Test
  void the_later_reads_what_the_older_wrote_with_a_default_for_its_field() {
    Waiting.result(older.register(Samples.instance(1), LEASE));
    Later read = laterMap().get("orders/a");
    assertEquals("", read.region);
    assertEquals(3, read.incarnation);
    assertEquals(List.of("host", "10.0.0.1", "port", "8080"), read.pairs);
  }

  @Test
  void a_renewal_through_the_older_loses_nothing_that_the_later_said_of_the_instance() {
    laterMap().set("orders/a", written("a", "north"));
    Waiting.until("read", () -> Waiting.ids(older).equals(Set.of("a")));
    assertEquals(Renewal.RENEWED, Waiting.result(older.renew(Samples.KEY, LEASE)));
    Later read = laterMap().get("orders/a");
    assertEquals(5, read.version);
    assertEquals(PAIRS, read.pairs);
  }

  @Test
  void neither_loses_an_entry_when_the_other_leaves() {
    for (int i = 0; i < 200; i++) {
      laterMap().set("orders/l" + i, written("l" + i, "north"));
    }
    Waiting.until("read", () -> Waiting.ids(older).size() == 200);
    later.shutdown();
    try (HazelcastServiceRegistry newcomer = TestCluster.registry(cluster.member(), options)) {
      assertEquals(200, Waiting.ids(newcomer).size());
    }
  }

  /** As {@link Registration} may be one day. */
  private record Later(
      String service,
      String id,
      long incarnation,
      long version,
      boolean tombstone,
      long ttlMillis,
      List<String> pairs,
      String region) {}

  private static final class LaterSerializer implements CompactSerializer<Later> {
    @Override
    public String getTypeName() {
      return RegistrationSerializer.TYPE_NAME;
    }

    @Override
    public Class<Later> getCompactClass() {
      return Later.class;
    }

    @Override
    public void write(CompactWriter writer, Later later) {
      writer.writeString("service", later.service);
      writer.writeString("id", later.id);
      writer.writeInt64("incarnation", later.incarnation);
      writer.writeInt64("version", later.version);
      writer.writeBoolean("tombstone", later.tombstone);
      writer.writeInt64("ttlMillis", later.ttlMillis);
      writer.writeArrayOfString("pairs", later.pairs.toArray(String[]::new));
      writer.writeString("region", later.region);
    }

    @Override
    public Later read(CompactReader reader) {
      boolean hasRegion = reader.getFieldKind("region") == FieldKind.STRING;
      return new Later(
          reader.readString("service"),
          reader.readString("id"),
          reader.readInt64("incarnation"),
          reader.readInt64("version"),
          reader.readBoolean("tombstone"),
          reader.readInt64("ttlMillis"),
          List.of(reader.readArrayOfString("pairs")),
          hasRegion ? reader.readString("region") : "");
    }
  }
}
