package dnsblmonitor.postal;

import dnsblmonitor.domain.Ipv4Address;
import org.jspecify.annotations.Nullable;

/** What it takes to know of a row that is clean whether Postal can send from it. */
record CleanRow(Long id, @Nullable String ipv4) {

  boolean isValid() {
    return ipv4 != null && Ipv4Address.parse(ipv4).isPresent();
  }
}
