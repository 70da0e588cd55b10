package io.evenkeel.hazelcast;

import com.hazelcast.nio.serialization.FieldKind;
import com.hazelcast.nio.serialization.compact.CompactReader;
import com.hazelcast.nio.serialization.compact.CompactSerializer;
import com.hazelcast.nio.serialization.compact.CompactWriter;
import com.hazelcast.nio.serialization.genericrecord.GenericRecord;
import com.hazelcast.nio.serialization.genericrecord.GenericRecordBuilder;
import io.evenkeel.model.FlatInstance;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.ServiceInstance;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Registration} looks in the map: Compact, under a type name that never changes. The
 * instance travels as string pairs, so that a new field of it is no new schema, and an older node
 * that renews keeps what it does not understand. A field of the record that a writer does not know
 * is read with its default; one that a renewing node does not know is lost, so what has to last
 * belongs into the pairs. Registered on the instances that we configure. A user's own instance
 * knows no serializer of ours and gets the same bytes as a {@link GenericRecord}.
 */
final class RegistrationSerializer implements CompactSerializer<Registration> {
  static final String TYPE_NAME = "evenkeel.registration";

  private static final String SERVICE = "service";
  private static final String ID = "id";
  private static final String INCARNATION = "incarnation";
  private static final String VERSION = "version";
  private static final String TOMBSTONE = "tombstone";
  private static final String TTL_MILLIS = "ttlMillis";
  private static final String PAIRS = "pairs"; // key, value, key, value; none in a tombstone

  @Override
  public String getTypeName() {
    return TYPE_NAME;
  }

  @Override
  public Class<Registration> getCompactClass() {
    return Registration.class;
  }

  @Override
  public void write(CompactWriter writer, Registration registration) {
    writer.writeString(SERVICE, registration.key().service());
    writer.writeString(ID, registration.key().id());
    writer.writeInt64(INCARNATION, registration.incarnation());
    writer.writeInt64(VERSION, registration.version());
    writer.writeBoolean(TOMBSTONE, registration.isTombstone());
    writer.writeInt64(TTL_MILLIS, registration.ttl().toMillis());
    writer.writeArrayOfString(PAIRS, pairs(registration));
  }

  /** The same bytes without a serializer. */
  static GenericRecord toGenericRecord(Registration registration) {
    return GenericRecordBuilder.compact(TYPE_NAME)
        .setString(SERVICE, registration.key().service())
        .setString(ID, registration.key().id())
        .setInt64(INCARNATION, registration.incarnation())
        .setInt64(VERSION, registration.version())
        .setBoolean(TOMBSTONE, registration.isTombstone())
        .setInt64(TTL_MILLIS, registration.ttl().toMillis())
        .setArrayOfString(PAIRS, pairs(registration))
        .build();
  }

  @Override
  public Registration read(CompactReader reader) {
    return assemble(
        new Fields() {
          @Override
          public @Nullable String text(String name) {
            return has(reader.getFieldKind(name), FieldKind.STRING)
                ? reader.readString(name)
                : null;
          }

          @Override
          public long number(String name, long otherwise) {
            return has(reader.getFieldKind(name), FieldKind.INT64)
                ? reader.readInt64(name)
                : otherwise;
          }

          @Override
          public boolean flag(String name) {
            return has(reader.getFieldKind(name), FieldKind.BOOLEAN) && reader.readBoolean(name);
          }

          @Override
          public @Nullable String @Nullable [] texts(String name) {
            return has(reader.getFieldKind(name), FieldKind.ARRAY_OF_STRING)
                ? reader.readArrayOfString(name)
                : null;
          }
        });
  }

  /** Reads either form; null where the value is not ours or is out of bounds. */
  static @Nullable Registration decode(@Nullable Object value) {
    if (value instanceof Registration registration) {
      return registration;
    }
    try {
      return value instanceof GenericRecord record ? fromGenericRecord(record) : null;
    } catch (RuntimeException foreign) { // what it lacks or exceeds is refused by the model
      return null;
    }
  }

  private static Registration fromGenericRecord(GenericRecord record) {
    return assemble(
        new Fields() {
          @Override
          public @Nullable String text(String name) {
            return has(record.getFieldKind(name), FieldKind.STRING) ? record.getString(name) : null;
          }

          @Override
          public long number(String name, long otherwise) {
            return has(record.getFieldKind(name), FieldKind.INT64)
                ? record.getInt64(name)
                : otherwise;
          }

          @Override
          public boolean flag(String name) {
            return has(record.getFieldKind(name), FieldKind.BOOLEAN) && record.getBoolean(name);
          }

          @Override
          public @Nullable String @Nullable [] texts(String name) {
            return has(record.getFieldKind(name), FieldKind.ARRAY_OF_STRING)
                ? record.getArrayOfString(name)
                : null;
          }
        });
  }

  private static boolean has(FieldKind found, FieldKind expected) {
    return found == expected;
  }

  /** A record's fields, each null, false or the default where its writer did not know it. */
  private interface Fields {
    @Nullable String text(String name);

    long number(String name, long otherwise);

    boolean flag(String name);

    @Nullable String @Nullable [] texts(String name);
  }

  private static Registration assemble(Fields fields) {
    InstanceKey key = new InstanceKey(orEmpty(fields.text(SERVICE)), orEmpty(fields.text(ID)));
    Map<String, String> pairs = fields.flag(TOMBSTONE) ? Map.of() : pairs(key, fields.texts(PAIRS));
    ServiceInstance instance = pairs.isEmpty() ? null : FlatInstance.read(pairs);
    return new Registration(
        key,
        fields.number(INCARNATION, 0),
        fields.number(VERSION, 0),
        Duration.ofMillis(Math.max(1, fields.number(TTL_MILLIS, 30_000))),
        instance,
        instance == null ? Map.of() : without(FlatInstance.write(instance).keySet(), pairs));
  }

  /** Also a known pair that has its default is left over here; it says nothing else then. */
  private static Map<String, String> without(Set<String> known, Map<String, String> pairs) {
    pairs.keySet().removeAll(known);
    return Map.copyOf(pairs); // shared where it is empty, as it nearly always is
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static Map<String, String> pairs(InstanceKey key, @Nullable String @Nullable [] pairs) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; pairs != null && i + 1 < pairs.length; i += 2) {
      map.put(orEmpty(pairs[i]), orEmpty(pairs[i + 1]));
    }
    map.put("service", key.service());
    map.put("id", key.id());
    return map;
  }

  private static String[] pairs(Registration registration) {
    if (registration.instance() == null) {
      return new String[0];
    }
    Map<String, String> map = FlatInstance.write(registration.instance());
    registration.unknown().forEach(map::putIfAbsent);
    map.remove("service"); // a field of the record
    map.remove("id");
    return map.entrySet().stream()
        .flatMap(pair -> Stream.of(pair.getKey(), pair.getValue()))
        .toArray(String[]::new);
  }
}
