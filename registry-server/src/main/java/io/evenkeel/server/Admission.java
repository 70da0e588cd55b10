package io.evenkeel.server;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.server.directory.Directory;
import io.evenkeel.server.directory.Entry;
import io.evenkeel.server.directory.Registration;
import io.evenkeel.server.web.Refusal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Who may register how much, and at which addresses. An owner's rows are counted where they are
 * registered; who calls without a token is bounded only by what the server holds in all. Event loop
 * only.
 */
final class Admission {
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|.*:.*");
  private static final Map<String, String> LATER = Map.of("Retry-After", "10");

  private final Directory directory;
  private final RegistryServerOptions.Quota quota;
  private final Map<InstanceKey, String> owners = new HashMap<>();
  private final Map<String, Map<String, Integer>> rowsByOwner = new HashMap<>();

  private Admission(Directory directory, RegistryServerOptions.Quota quota) {
    this.directory = directory;
    this.quota = quota;
  }

  /** Looks at whatever is registered from now on. */
  static void guard(Directory directory, RegistryServerOptions.Quota quota) {
    Admission admission = new Admission(directory, quota);
    directory.onRegistering(admission::admit);
    directory.onRegistered(admission::count);
    directory.onRemoved(admission::forget);
  }

  private void admit(Registration registration) {
    requireAddress(registration.instance().host());
    InstanceKey key = registration.instance().key();
    if (directory.entry(key).isPresent()) {
      return;
    }
    if (directory.size() >= quota.total()) {
      throw new Refusal(503, "the registry holds " + quota.total() + " instances", LATER);
    }
    Map<String, Integer> rows = rowsByOwner.getOrDefault(registration.owner(), Map.of());
    if (rows.values().stream().mapToInt(Integer::intValue).sum() >= quota.instances()) {
      throw new Refusal(429, "instances: " + quota.instances() + " registered already", LATER);
    }
    if (rows.size() >= quota.services() && !rows.containsKey(key.service())) {
      throw new Refusal(429, "services: " + quota.services() + " registered already", LATER);
    }
  }

  /** An address of the link is the cloud's metadata service, or nobody that others can reach. */
  private static void requireAddress(String host) {
    if (!LITERAL.matcher(host).matches()) {
      return;
    }
    try {
      InetAddress address = InetAddress.getByName(host); // of a literal: asks nobody
      if (address.isLinkLocalAddress() || address.isMulticastAddress()) {
        throw new IllegalArgumentException(
            "host: " + host + " (expected: no link-local or multicast address)");
      }
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("host: " + host + " (expected: an IP address)", e);
    }
  }

  private void count(Entry row) {
    boolean counted = row.owner().isEmpty() || owners.containsKey(row.key());
    if (!counted) {
      owners.put(row.key(), row.owner());
      rowsByOwner
          .computeIfAbsent(row.owner(), owner -> new HashMap<>())
          .merge(row.key().service(), 1, Integer::sum);
    }
  }

  private void forget(Entry row) {
    String owner = owners.remove(row.key());
    Map<String, Integer> rows = owner == null ? null : rowsByOwner.get(owner);
    if (rows != null) {
      rows.computeIfPresent(row.key().service(), (service, count) -> count == 1 ? null : count - 1);
      if (rows.isEmpty()) {
        rowsByOwner.remove(owner);
      }
    }
  }
}
