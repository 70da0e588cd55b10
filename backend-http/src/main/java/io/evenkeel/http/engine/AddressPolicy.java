package io.evenkeel.http.engine;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Which hosts of a registry's rows are believed. Link-local ones are not unless allowed: under
 * 169.254.169.254 a cloud hands out credentials. However an address is written, it is the address
 * that counts; private and loopback addresses are fine, names are not resolved.
 */
record AddressPolicy(boolean allowLinkLocal) {
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  // a host whose last label is a number is an IPv4 address to resolvers (WHATWG URL, 3.5)
  private static final Pattern ENDS_IN_NUMBER =
      Pattern.compile("(?i)(.*\\.)?(\\d+|0x[0-9a-f]*)\\.?");

  /** Throws an {@link IllegalArgumentException} for a host that is not to be called. */
  void check(String host) {
    boolean literal = host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
    if (!literal && ENDS_IN_NUMBER.matcher(host).matches()) {
      throw refused(host, "an IPv4 address as four decimal numbers");
    }
    if (!literal) {
      return;
    }
    InetAddress address = embedded(parse(host));
    if (address.isAnyLocalAddress()) {
      throw refused(host, "an address that others can reach, not the wildcard");
    }
    if (address.isLinkLocalAddress() && !allowLinkLocal) {
      throw refused(host, "no link-local address, or allow-link-local=true in the registry's URI");
    }
  }

  /** An IPv4 address written as the last 32 bits of ::/96 or 64:ff9b::/96 (RFC 6052) is that. */
  private static InetAddress embedded(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address || !startsLikeEmbedded(bytes)) {
      return address;
    }
    try {
      return InetAddress.getByAddress(new byte[] {bytes[12], bytes[13], bytes[14], bytes[15]});
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  private static boolean startsLikeEmbedded(byte[] bytes) {
    boolean translated =
        bytes[0] == 0 && bytes[1] == 0x64 && bytes[2] == (byte) 0xff && bytes[3] == (byte) 0x9b;
    for (int i = translated ? 4 : 0; i < 12; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return translated || bytes[12] != 0; // ::1 is loopback, not 0.0.0.1
  }

  private static InetAddress parse(String literal) {
    try {
      return InetAddress.getByName(literal); // a literal is never looked up
    } catch (UnknownHostException e) {
      throw refused(literal, "an IP address");
    }
  }

  private static IllegalArgumentException refused(String host, String expected) {
    return new IllegalArgumentException(
        "host: " + ServerText.shown(host) + " (expected: " + expected + ")");
  }
}
