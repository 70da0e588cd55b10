package io.evenkeel.server.check;

import io.evenkeel.server.directory.CheckDefinition;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a check may call, so that nobody makes the server call for him what he cannot reach himself
 * (server-side request forgery). A check goes to the host that is registered, or to one the
 * operator has allowed; and whatever a name resolves to, not to an address of the link, of the
 * cloud's metadata, or of no one, and to this machine only where that was registered.
 *
 * @param allowedHosts beside the registered one, in lower case
 */
public record AddressRules(Set<String> allowedHosts) {
  private static final Pattern LOOPBACK =
      Pattern.compile("(?i)localhost|127(\\.[0-9]{1,3}){3}|(0{0,4}:){2,7}0{0,3}1");
  private static final Pattern MAPPED = Pattern.compile("(?i)[0:]*:ffff:.*");
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|.*:.*");

  /** Metadata services not on a link-local address: Alibaba's, Oracle's, Azure's, AWS's. */
  private static final Set<String> METADATA =
      Set.of("100.100.100.200", "192.0.0.192", "168.63.129.16", "fd00:ec2:0:0:0:0:0:254");

  /** Copies the hosts. */
  public AddressRules {
    allowedHosts = Set.copyOf(allowedHosts);
  }

  /**
   * Refuses what can be refused without asking the name service; nothing for a check that is not
   * polled.
   *
   * @param registeredHost of the instance that is checked
   * @throws IllegalArgumentException saying what was expected
   */
  public void require(String registeredHost, CheckDefinition check) {
    if (!check.kind().isPolled()) {
      return;
    }
    Target target = Target.of(check);
    String host = target.host().toLowerCase(Locale.ROOT);
    if (!isRegistered(host, registeredHost) && !allowedHosts.contains(host)) {
      throw refused("host", "the registered address, or a host that checks may call");
    }
    if (MAPPED.matcher(host).matches()) {
      throw refused("address", "IPv4 addresses written as such");
    }
    if (LITERAL.matcher(host).matches()) {
      try {
        requireAddress(registeredHost, target, InetAddress.getByName(host)); // asks nobody
      } catch (UnknownHostException e) {
        throw refused("address", "an IP address");
      }
    }
  }

  private static boolean isRegistered(String host, String registered) {
    return host.equalsIgnoreCase(registered) || (isLoopback(host) && isLoopback(registered));
  }

  /** Whether a host is this machine by its very name. */
  public static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host).matches();
  }

  /**
   * Refuses an address that a host resolved to.
   *
   * @throws IllegalArgumentException saying what was expected
   */
  void requireAddress(String registeredHost, Target target, InetAddress address) {
    InetAddress real = embedded(address);
    if (real.isAnyLocalAddress() || real.isLinkLocalAddress() || real.isMulticastAddress()) {
      throw refused("address", "no wildcard, link-local or multicast one");
    }
    if (METADATA.contains(real.getHostAddress())) {
      throw refused("address", "none of a metadata service");
    }
    boolean meant =
        isLoopback(registeredHost) || allowedHosts.contains(target.host().toLowerCase(Locale.ROOT));
    if (real.isLoopbackAddress() && !meant) {
      throw refused("address", "loopback only where the instance is registered there");
    }
  }

  /** The IPv4 address inside one of NAT64 (RFC 6052), 6to4 (RFC 3056) or compatible IPv6. */
  private static InetAddress embedded(InetAddress address) {
    if (!(address instanceof Inet6Address inet6)) {
      return address;
    }
    byte[] bytes = address.getAddress();
    boolean nat64 = starts(bytes, 0x00, 0x64, 0xff, 0x9b);
    boolean sixToFour = starts(bytes, 0x20, 0x02);
    boolean compatible = inet6.isIPv4CompatibleAddress();
    if (!nat64 && !sixToFour && (!compatible || address.isLoopbackAddress())) {
      return address;
    }
    int from = sixToFour ? 2 : 12;
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an IPv4 address", e);
    }
  }

  private static boolean starts(byte[] bytes, int... head) {
    for (int i = 0; i < head.length; i++) {
      if ((bytes[i] & 0xff) != head[i]) {
        return false;
      }
    }
    return true;
  }

  private static IllegalArgumentException refused(String what, String expected) {
    return new IllegalArgumentException("check " + what + ": refused (expected: " + expected + ")");
  }
}
