package io.evenkeel.server.consul;

import io.vertx.core.buffer.Buffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists that are written already, up to 64 MB of them; those not asked for longest go first. */
final class WrittenLists {
  private static final int MAX_BYTES = 64 * 1024 * 1024;

  private record Written(long index, Buffer body) {}

  private final Map<String, Written> lists = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /** The list of a key as it was at an index, null if it is not kept. */
  @Nullable Buffer at(String key, long index) {
    Written known = lists.get(key);
    return known == null || known.index() != index ? null : known.body();
  }

  void keep(String key, long index, Buffer body) {
    Written before = lists.put(key, new Written(index, body));
    bytes += body.length() - (before == null ? 0 : before.body().length());
    Iterator<Written> eldest = lists.values().iterator();
    while (bytes > MAX_BYTES && lists.size() > 1) {
      bytes -= eldest.next().body().length();
      eldest.remove();
    }
  }
}
