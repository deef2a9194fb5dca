package dnsblmonitor.domain;

/** An address of either family that can be looked up in a DNSBL. */
public sealed interface IpAddress permits Ipv4Address, Ipv6Address {

  /** The labels before the zone's name in a query, joined by dots (RFC 5782 2.1). */
  String reversed();

  /** The address in its usual notation. */
  @Override
  String toString();
}
