package dnsblmonitor.bench;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneList;
import dnsblmonitor.testing.Rbldnsd;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The zones and addresses of all worlds, and which address is listed. */
final class Questions {

  static final int ZONES = 10;

  /** 198.18.0.0/15 (RFC 2544). */
  static final int MAX_ADDRESSES = 1 << 17;

  /** Each zone lists the addresses that end so: one of 256. */
  private static final int LISTED_OCTET = 77;

  private static final int FIRST = Ipv4Address.of("198.18.0.0").bits();
  private static final String SILENT = "dead.example";

  private Questions() {}

  /** Ten zones, of which the last {@code dead} never answer. */
  static List<Zone> zones(int dead) {
    Stream<String> names =
        IntStream.range(0, ZONES)
            .mapToObj(i -> "z%d.%s".formatted(i, i < ZONES - dead ? "bench.example" : SILENT));
    return ZoneList.parse(names.collect(Collectors.joining(",")));
  }

  /** Zones that never answer, of names of their own. */
  static List<Zone> deadZones(int count) {
    return ZoneList.parse(
        IntStream.range(0, count)
            .mapToObj(i -> "d%d.%s".formatted(i, SILENT))
            .collect(Collectors.joining(",")));
  }

  static boolean isDead(Zone zone) {
    return zone.queryName().endsWith(SILENT);
  }

  static Ipv4Address address(int index) {
    return new Ipv4Address(FIRST + index);
  }

  static boolean isListed(Ipv4Address address) {
    return address.octet(3) == LISTED_OCTET;
  }

  static String name(Zone zone, Ipv4Address address) {
    return address.reversed() + "." + zone.queryName() + ".";
  }

  /** The server of these zones. */
  static Rbldnsd server() {
    String data =
        IntStream.range(0, MAX_ADDRESSES)
            .mapToObj(Questions::address)
            .filter(Questions::isListed)
            .map(Ipv4Address::toString)
            .collect(
                Collectors.joining(
                    "\n", ":127.0.0.2:see https://bench.example/$\n", "\n127.0.0.2\n"));
    Rbldnsd.Zones server = Rbldnsd.withZone("z0.bench.example", "ip4set", data);
    IntStream.range(1, ZONES)
        .forEach(i -> server.zone("z%d.bench.example".formatted(i), "ip4set", data));
    return server.silentZone(SILENT).start();
  }
}
