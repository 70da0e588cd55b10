package io.evenkeel.server.directory;

import io.evenkeel.model.ServiceInstance;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the server keeps beside an instance, inside the instance's metadata, so that every replica
 * on one registry knows it. These pairs are under {@link ServiceInstance#SEALED}, where they take
 * no room from the instance's own, and are never shown in a dialect.
 *
 * @param wireId what identifies it where ids are unique over all services
 * @param owner whose token registered it
 * @param incarnation that the server gave it, -1 if the client gave its own
 * @param standing whether the server keeps its lease
 * @param document the dialect's record, empty if there is none
 * @param patience how long a row whose lease the server keeps may be down; zero for ever
 * @param word what the check said that the lease stands for, to whichever replica
 */
record Sealed(
    String wireId,
    String owner,
    long incarnation,
    boolean standing,
    String document,
    Duration patience,
    LeaseWord word) {
  private static final String DOCUMENT = ServiceInstance.SEALED + "doc.";
  private static final int CHUNK = 512; // what a metadata value holds

  /** Refuses what could be taken for the server's own word. */
  static void requireNone(ServiceInstance given) {
    for (String key : given.metadata().keySet()) {
      if (key.startsWith(ServiceInstance.SEALED)) {
        throw new IllegalArgumentException(
            "metadata key: " + key + " (expected: none that starts with wire., the server's own)");
      }
    }
  }

  /** The instance as the registry stores it. */
  ServiceInstance close(ServiceInstance instance) {
    Map<String, String> metadata = new LinkedHashMap<>(instance.metadata());
    if (!wireId.equals(Registration.qualified(instance.service(), instance.id()))) {
      metadata.put("wire.id", wireId);
    }
    if (!owner.isEmpty()) {
      metadata.put("wire.owner", owner);
    }
    if (incarnation >= 0) {
      metadata.put("wire.incarnation", Long.toString(incarnation));
    }
    if (standing) {
      metadata.put("wire.standing", "true");
    }
    if (!patience.isZero()) {
      metadata.put("wire.patience", Long.toString(patience.toMillis()));
    }
    word.writeTo(metadata);
    int chunk = 0;
    int from = 0;
    while (from < document.length()) {
      int to = Math.min(document.length(), from + CHUNK);
      boolean splitsPair =
          to < document.length() && Character.isHighSurrogate(document.charAt(to - 1));
      to = splitsPair ? to - 1 : to;
      metadata.put(DOCUMENT + chunk++, document.substring(from, to));
      from = to;
    }
    return instance.toBuilder().metadata(metadata).build();
  }

  static Sealed of(ServiceInstance stored) {
    Map<String, String> metadata = stored.metadata();
    StringBuilder document = new StringBuilder();
    for (int i = 0; metadata.containsKey(DOCUMENT + i); i++) {
      document.append(metadata.get(DOCUMENT + i));
    }
    return new Sealed(
        metadata.getOrDefault("wire.id", Registration.qualified(stored.service(), stored.id())),
        metadata.getOrDefault("wire.owner", ""),
        number(metadata.getOrDefault("wire.incarnation", "-1")),
        metadata.containsKey("wire.standing"),
        document.toString(),
        Duration.ofMillis(Math.max(0, number(metadata.getOrDefault("wire.patience", "0")))),
        LeaseWord.of(metadata));
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) { // someone else wrote it: then it is not the server's
      return -1;
    }
  }

  /** The instance as it is shown: without what was sealed in. */
  static ServiceInstance open(ServiceInstance stored) {
    if (stored.metadata().keySet().stream()
        .noneMatch(key -> key.startsWith(ServiceInstance.SEALED))) {
      return stored;
    }
    Map<String, String> metadata = new LinkedHashMap<>(stored.metadata());
    metadata.keySet().removeIf(key -> key.startsWith(ServiceInstance.SEALED));
    return stored.toBuilder().metadata(metadata).build();
  }
}
