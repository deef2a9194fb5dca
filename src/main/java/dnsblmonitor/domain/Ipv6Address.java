package dnsblmonitor.domain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IPv6 address, of its upper and lower 64 bits. Read strictly: an RFC 4291 2.2 literal, without
 * zone id, prefix length or brackets; nothing is ever resolved. Ordered numerically.
 */
public record Ipv6Address(long high, long low) implements IpAddress, Comparable<Ipv6Address> {

  private static final int GROUPS = 8;
  private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");
  private static final Comparator<Ipv6Address> BY_NUMBER =
      Comparator.comparing(Ipv6Address::high, Long::compareUnsigned)
          .thenComparing(Ipv6Address::low, Long::compareUnsigned);

  /**
   * The address that {@code text} spells, or empty where it spells none. An IPv4-mapped one
   * (::ffff:203.0.113.7) is none either: no mail is sent from it.
   */
  public static Optional<Ipv6Address> parse(String text) {
    int gap = text.indexOf("::");
    List<Integer> groups = new ArrayList<>();
    boolean wellFormed;
    if (gap < 0) {
      wellFormed = addGroups(text, groups) && groups.size() == GROUPS;
    } else {
      List<Integer> behind = new ArrayList<>();
      String after = text.substring(gap + 2);
      wellFormed =
          (gap == 0 || addHexGroups(text.substring(0, gap), groups))
              && (after.isEmpty() || addGroups(after, behind));
      int left = GROUPS - groups.size() - behind.size();
      wellFormed &= left > 0;
      for (int i = 0; i < left; i++) {
        groups.add(0);
      }
      groups.addAll(behind);
    }
    return wellFormed
        ? Optional.of(ofGroups(groups)).filter(address -> !address.isIpv4Mapped())
        : Optional.empty();
  }

  /**
   * The address that {@code text} spells.
   *
   * @throws IllegalArgumentException where it spells none
   */
  public static Ipv6Address of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("not an IPv6 address: " + text));
  }

  /** ::ffff:0:0/96 with {@code address} at its end (RFC 4291 2.5.5.2). */
  static Ipv6Address mapped(Ipv4Address address) {
    return new Ipv6Address(0, 0xffff_0000_0000L | Integer.toUnsignedLong(address.bits()));
  }

  /** Groups of hexadecimal digits, the last two of which may be a dotted quad (RFC 4291 2.2). */
  private static boolean addGroups(String text, List<Integer> groups) {
    int lastColon = text.lastIndexOf(':');
    Optional<Ipv4Address> quad = Ipv4Address.parse(text.substring(lastColon + 1));
    if (quad.isEmpty()) {
      return addHexGroups(text, groups);
    }
    boolean wellFormed = lastColon < 0 || addHexGroups(text.substring(0, lastColon), groups);
    groups.add(quad.get().bits() >>> 16);
    groups.add(quad.get().bits() & 0xffff);
    return wellFormed;
  }

  private static boolean addHexGroups(String text, List<Integer> groups) {
    for (String group : text.split(":", -1)) {
      if (!GROUP.matcher(group).matches()) {
        return false;
      }
      groups.add(Integer.parseInt(group, 16));
    }
    return true;
  }

  private static Ipv6Address ofGroups(List<Integer> groups) {
    long high = 0;
    long low = 0;
    for (int i = 0; i < GROUPS; i++) {
      if (i < GROUPS / 2) {
        high = high << 16 | groups.get(i);
      } else {
        low = low << 16 | groups.get(i);
      }
    }
    return new Ipv6Address(high, low);
  }

  private boolean isIpv4Mapped() {
    return high == 0 && low >>> 32 == 0xffff;
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
    int gapStart = GROUPS;
    int gapLength = 1; // a single zero group is not shortened (RFC 5952 4.2.2)
    for (int start = 0; start < GROUPS; start++) {
      int length = zeroGroupsFrom(start);
      if (length > gapLength) {
        gapStart = start;
        gapLength = length;
      }
    }
    if (gapStart == GROUPS) {
      return groups(0, GROUPS);
    }
    return groups(0, gapStart) + "::" + groups(gapStart + gapLength, GROUPS);
  }

  private int zeroGroupsFrom(int start) {
    int end = start;
    while (end < GROUPS && group(end) == 0) {
      end++;
    }
    return end - start;
  }

  private String groups(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i == from ? "" : ":").append(Integer.toHexString(group(i)));
    }
    return text.toString();
  }

  private int group(int index) {
    long half = index < GROUPS / 2 ? high : low;
    int shift = 16 * (3 - index % 4);
    return (int) (half >>> shift & 0xffff);
  }
}
