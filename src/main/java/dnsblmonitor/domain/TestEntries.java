package dnsblmonitor.domain;

/**
 * The test entries of a DNSBL (RFC 5782 5), one pair per address family.
 *
 * @param listed must be listed in every DNSBL
 * @param neverListed must not be listed in any
 */
public record TestEntries(IpAddress listed, IpAddress neverListed) {

  private static final Ipv4Address LISTED = Ipv4Address.of("127.0.0.2");
  private static final Ipv4Address NEVER_LISTED = Ipv4Address.of("127.0.0.1");

  public static final TestEntries IPV4 = new TestEntries(LISTED, NEVER_LISTED);

  /** ::FFFF:7F00:2 and ::FFFF:7F00:1. */
  public static final TestEntries IPV6 =
      new TestEntries(Ipv6Address.mapped(LISTED), Ipv6Address.mapped(NEVER_LISTED));
}
