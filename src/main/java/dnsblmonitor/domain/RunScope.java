package dnsblmonitor.domain;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The scope of a run: everything, or in a manual run some of the zones or addresses (R29a).
 *
 * @param configured all zones, as they are configured
 * @param zones those that are queried, in the same order
 * @param addresses those whose rows and tickets the run may change; empty: all
 */
public record RunScope(
    List<Zone> configured, List<Zone> zones, Optional<SortedSet<Ipv4Address>> addresses) {

  public RunScope {
    configured = List.copyOf(configured);
    zones = List.copyOf(zones);
    addresses = addresses.map(some -> Collections.unmodifiableSortedSet(new TreeSet<>(some)));
  }

  /** The scope of a scheduled run: every zone, every address. */
  public static RunScope all(List<Zone> zones) {
    return new RunScope(zones, zones, Optional.empty());
  }

  /** The zones that are not queried: UNKNOWN for the verdict, and absent from all figures. */
  public List<Zone> leftOut() {
    return configured.stream().filter(zone -> !zones.contains(zone)).toList();
  }

  /** Whether zones or addresses are left out, so that the run does not represent the whole. */
  public boolean isPart() {
    return addresses.isPresent() || !leftOut().isEmpty();
  }

  public boolean covers(Ipv4Address address) {
    return addresses.isEmpty() || addresses.get().contains(address);
  }

  /** If it is partial, such as {@code partial run: 1 of 3 lists (zen.example), 2 addresses}. */
  public Optional<String> remark() {
    if (!isPart()) {
      return Optional.empty();
    }
    String chosen =
        leftOut().isEmpty()
            ? "all lists"
            : "%d of %d lists (%s)"
                .formatted(
                    zones.size(), configured.size(), String.join(", ", Zone.shownNames(zones)));
    return Optional.of(
        "partial run: %s, %s"
            .formatted(
                chosen,
                addresses
                    .map(some -> some.size() == 1 ? "1 address" : some.size() + " addresses")
                    .orElse("all addresses")));
  }
}
