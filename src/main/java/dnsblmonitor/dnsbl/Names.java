package dnsblmonitor.dnsbl;

import dnsblmonitor.domain.IpAddress;
import dnsblmonitor.domain.Zone;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** The names that zones are asked for (RFC 5782 2.1, 2.4). */
final class Names {

  private Names() {}

  /** Absolute, so that no search list is tried (R10). */
  static Name of(Zone zone, IpAddress address) {
    try {
      return Name.fromString(address.reversed() + "." + zone.queryName() + ".");
    } catch (TextParseException _) { // its text holds the name, which may be a key
      throw new IllegalArgumentException("zone '%s' makes no DNS name".formatted(zone.shownName()));
    }
  }
}
