package io.evenkeel.server.consul;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.server.directory.CheckState;
import io.evenkeel.server.directory.Directory;
import io.evenkeel.server.directory.Entry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which row a check belongs to: the ids of checks are an agent's own. Event loop only. */
final class CheckIndex {
  private final Directory directory;
  private final Map<String, InstanceKey> keys = new HashMap<>();
  private final Map<InstanceKey, Set<String>> ids = new HashMap<>();

  private CheckIndex(Directory directory) {
    this.directory = directory;
  }

  /** An index that follows the directory. */
  static CheckIndex of(Directory directory) {
    CheckIndex index = new CheckIndex(directory);
    directory.onRegistered(index::put);
    directory.onRemoved(index::remove);
    return index;
  }

  private void put(Entry row) {
    remove(row);
    Set<String> its = new HashSet<>();
    for (CheckState check : row.checks()) {
      keys.put(check.definition().id(), row.key());
      its.add(check.definition().id());
    }
    ids.put(row.key(), its);
  }

  private void remove(Entry row) {
    Set<String> known = ids.remove(row.key());
    if (known != null) {
      known.forEach(id -> keys.remove(id, row.key()));
    }
  }

  /** The row that has a check of this id. */
  Optional<Entry> row(String checkId) {
    return Optional.ofNullable(keys.get(checkId)).flatMap(directory::entry);
  }
}
