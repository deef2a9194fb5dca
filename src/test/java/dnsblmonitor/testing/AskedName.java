package dnsblmonitor.testing;

import dnsblmonitor.domain.Ipv6Address;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A name that a {@link FakeDnsServer} was asked for: the reversed labels of an entry, of either
 * family (RFC 5782 2.1, 2.4), and behind them a zone.
 *
 * @param entry the address as {@link #entry(String)} writes it
 */
record AskedName(String entry, String zone) {

  private static final Pattern NIBBLES = Pattern.compile("(?:[0-9a-f]\\.){32}");

  /** In the first of the {@code known} zones that fits, else in what is left behind an address. */
  static AskedName of(String absoluteName, Set<String> known) {
    String name = zone(absoluteName.substring(0, absoluteName.length() - 1));
    int addressLabels = NIBBLES.matcher(name).lookingAt() ? 32 : 4;
    String rest = name;
    String behindAddress = name;
    for (int labels = 1; rest.indexOf('.') >= 0 && !known.contains(rest); labels++) {
      rest = rest.substring(rest.indexOf('.') + 1);
      if (labels == addressLabels) {
        behindAddress = rest;
      }
    }
    String zone = known.contains(rest) ? rest : behindAddress;
    return new AskedName(reversed(name.substring(0, name.length() - zone.length())), zone);
  }

  private static String reversed(String labels) {
    List<String> parts = List.of(labels.split("\\.")).reversed();
    if (!NIBBLES.matcher(labels).matches()) {
      return String.join(".", parts);
    }
    String digits = String.join("", parts);
    return new Ipv6Address(
            Long.parseUnsignedLong(digits.substring(0, 16), 16),
            Long.parseUnsignedLong(digits.substring(16), 16))
        .toString();
  }

  /** How an address is written in a list of entries, however a test spells it. */
  static String entry(String address) {
    return Ipv6Address.parse(address).map(Ipv6Address::toString).orElse(address);
  }

  /** How the name of a zone is written. */
  static String zone(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
