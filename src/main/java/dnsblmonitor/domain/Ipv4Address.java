package dnsblmonitor.domain;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IPv4 address, parsed from a strict dotted quad: four decimal numbers 0-255 without leading
 * zeros (R7), so {@code 010.1.1.1} is invalid. No name is ever resolved. Ordered numerically.
 */
public record Ipv4Address(int bits) implements IpAddress, Comparable<Ipv4Address> {

  private static final Pattern DOTTED_QUAD =
      Pattern.compile(
          "(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})");

  /** Parses an address; empty if {@code text} is not one. */
  public static Optional<Ipv4Address> parse(String text) {
    Matcher quad = DOTTED_QUAD.matcher(text);
    if (!quad.matches()) {
      return Optional.empty();
    }
    int bits = 0;
    for (int i = 1; i <= 4; i++) {
      int octet = Integer.parseInt(quad.group(i));
      if (octet > 255) {
        return Optional.empty();
      }
      bits = bits << 8 | octet;
    }
    return Optional.of(new Ipv4Address(bits));
  }

  /**
   * Parses an address.
   *
   * @throws IllegalArgumentException if {@code text} is not an address
   */
  public static Ipv4Address of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("not an IPv4 address: " + text));
  }

  /** The octet at {@code index}, 0-255; index 0 is the most significant. */
  public int octet(int index) {
    return bits >>> (24 - 8 * index) & 0xff;
  }

  /** The octets from last to first (RFC 5782 2.1). */
  @Override
  public String reversed() {
    return octet(3) + "." + octet(2) + "." + octet(1) + "." + octet(0);
  }

  @Override
  public int compareTo(Ipv4Address other) {
    return Integer.compareUnsigned(bits, other.bits);
  }

  @Override
  public String toString() {
    return octet(0) + "." + octet(1) + "." + octet(2) + "." + octet(3);
  }
}
