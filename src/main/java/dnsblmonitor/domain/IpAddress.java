package dnsblmonitor.domain;

/** An address that a DNSBL can be asked about, of either family. */
public sealed interface IpAddress permits Ipv4Address, Ipv6Address {

  /** The labels that stand before the zone's name in a question, joined by dots (RFC 5782 2.1). */
  String reversed();

  /** The address as people write it. */
  @Override
  String toString();
}
