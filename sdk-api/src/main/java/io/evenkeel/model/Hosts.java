package io.evenkeel.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may stand as an instance's host: a name as RFC 1123 section 2.1 has it (an underscore inside
 * a label is let through, since container networks hand such names out), or an IP address as RFC
 * 4291 section 2.2 writes it, without a zone. What looks like an IPv4 address must be one.
 */
final class Hosts {
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern NUMERIC = Pattern.compile("[0-9.]+");
  private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?";
  private static final Pattern NAME =
      Pattern.compile("(?=.{1,253}$)(" + LABEL + "\\.)*" + LABEL + "\\.?");
  private static final Pattern IPV4_TAIL = Pattern.compile("(.*:)([0-9.]+)");
  private static final String GROUP = "[0-9A-Fa-f]{1,4}";
  private static final Pattern GROUPS = Pattern.compile(GROUP + "(:" + GROUP + ")*");
  private static final Pattern WILDCARD = Pattern.compile("(?i)[0:.]+|[0:]+:ffff:[0:.]+");

  private Hosts() {}

  static boolean isHost(String value) {
    Pattern form = NUMERIC.matcher(value).matches() ? IPV4 : NAME;
    return value.indexOf(':') >= 0 ? isIpv6(value) : form.matcher(value).matches();
  }

  /** Whether a host is the address of no one in particular, however it is written. */
  static boolean isWildcard(String host) {
    return WILDCARD.matcher(host).matches();
  }

  private static boolean isIpv6(String value) {
    Matcher tail = IPV4_TAIL.matcher(value);
    boolean endsInIpv4 = tail.matches() && IPV4.matcher(tail.group(2)).matches();
    String text = endsInIpv4 ? tail.group(1) + "0:0" : value; // it stands for two groups
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text) == 8;
    }
    int before = groups(text.substring(0, gap));
    int after = groups(text.substring(gap + 2));
    return before >= 0 && after >= 0 && before + after <= 7;
  }

  /** How many groups a text has; below 0 if it is something else. */
  private static int groups(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    return GROUPS.matcher(text).matches() ? text.split(":", -1).length : -1;
  }
}
