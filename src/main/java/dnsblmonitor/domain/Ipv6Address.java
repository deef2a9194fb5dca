package dnsblmonitor.domain;

import static java.util.stream.Collectors.joining;

import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * An IPv6 address, as its upper and lower 64 bits. Parsed strictly: an RFC 4291 2.2 literal without
 * zone id, prefix length or brackets; no name is ever resolved. Ordered numerically.
 */
public record Ipv6Address(long high, long low) implements IpAddress, Comparable<Ipv6Address> {

  /** At least two groups (RFC 5952 4.2.2). */
  private static final Pattern ZEROS = Pattern.compile("\\b0(?::0)+\\b");

  /** Groups of at most four digits (RFC 4291 2.2), which the JDK does not enforce. */
  private static final Pattern LITERAL =
      Pattern.compile("(?=.*:)(?:[0-9A-Fa-f]{1,4}(?=:|$)|:|(?<=:)[0-9.]{7,15}$)++");

  private static final Comparator<Ipv6Address> BY_NUMBER =
      Comparator.comparing(Ipv6Address::high, Long::compareUnsigned)
          .thenComparing(Ipv6Address::low, Long::compareUnsigned);

  /**
   * Parses an address; empty if {@code text} is not one. IPv4-mapped addresses (::ffff:203.0.113.7)
   * are rejected too, since no mail is sent from them.
   */
  public static Optional<Ipv6Address> parse(String text) {
    int quad = text.lastIndexOf(':') + 1;
    if (!LITERAL.matcher(text).matches()
        || (text.contains(".") && Ipv4Address.parse(text.substring(quad)).isEmpty())) {
      return Optional.empty();
    }
    try {
      // the JDK makes an Inet4Address of an IPv4-mapped one
      return InetAddress.ofLiteral(text) instanceof Inet6Address address
          ? Optional.of(of(address.getAddress()))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Ipv6Address of(byte[] bytes) {
    BigInteger number = new BigInteger(1, bytes);
    return new Ipv6Address(number.shiftRight(64).longValue(), number.longValue());
  }

  /**
   * Parses an address.
   *
   * @throws IllegalArgumentException if {@code text} is not an address
   */
  public static Ipv6Address of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("not an IPv6 address: " + text));
  }

  /** ::ffff:0:0/96 with {@code address} at its end (RFC 4291 2.5.5.2). */
  static Ipv6Address mapped(Ipv4Address address) {
    return new Ipv6Address(0, 0xffff_0000_0000L | Integer.toUnsignedLong(address.bits()));
  }

  /** The 32 nibbles from last to first (RFC 5782 2.4). */
  @Override
  public String reversed() {
    StringBuilder nibbles = new StringBuilder(63);
    for (long half : new long[] {low, high}) {
      for (int shift = 0; shift < 64; shift += 4) {
        nibbles
            .append(nibbles.isEmpty() ? "" : ".")
            .append(Character.forDigit((int) (half >>> shift & 0xf), 16));
      }
    }
    return nibbles.toString();
  }

  @Override
  public int compareTo(Ipv6Address other) {
    return BY_NUMBER.compare(this, other);
  }

  /** Canonical (RFC 5952 4): lower case, the first longest run of zero groups as "::". */
  @Override
  public String toString() {
    String groups =
        IntStream.range(0, 8).mapToObj(i -> Integer.toHexString(group(i))).collect(joining(":"));
    return ZEROS
        .matcher(groups)
        .results()
        .map(MatchResult::group)
        .max(Comparator.comparingInt(String::length)) // of equal ones the first
        .map(longest -> groups.replaceFirst("(^|:)" + longest + "(:|$)", "::"))
        .orElse(groups);
  }

  private int group(int index) {
    long half = index < 4 ? high : low;
    return (int) (half >>> (16 * (3 - index % 4)) & 0xffff);
  }
}
