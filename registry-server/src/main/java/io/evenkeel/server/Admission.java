package io.evenkeel.server;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.server.directory.Directory;
import io.evenkeel.server.directory.Registration;
import io.evenkeel.server.web.Refusal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Who may register how much, and at which addresses. An owner's rows are counted over all replicas
 * on one registry, as far as they have been seen here: what he registers with others within the
 * second that this takes comes on top. Who calls without a token is bounded only by what the server
 * holds in all. Event loop only.
 */
final class Admission {
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|.*:.*");
  private static final Map<String, String> LATER = Map.of("Retry-After", "10");

  private final Directory directory;
  private final RegistryServerOptions.Quota quota;

  private Admission(Directory directory, RegistryServerOptions.Quota quota) {
    this.directory = directory;
    this.quota = quota;
  }

  /** Looks at whatever is registered from now on. */
  static void guard(Directory directory, RegistryServerOptions.Quota quota) {
    directory.onRegistering(new Admission(directory, quota)::admit);
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
    String owner = registration.owner();
    if (owner.isEmpty()) {
      return;
    }
    if (directory.holdings().instances(owner) >= quota.instances()) {
      throw new Refusal(429, "instances: " + quota.instances() + " registered already", LATER);
    }
    if (directory.holdings().services(owner) >= quota.services()
        && !directory.holdings().holds(owner, key.service())) {
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
}
