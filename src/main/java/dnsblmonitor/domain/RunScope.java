package dnsblmonitor.domain;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a run is about: all that is configured, or, in a manual run, a part of the zones or of the
 * addresses (R29a).
 *
 * @param configured all zones, as they are configured
 * @param zones those that are asked, in the same order
 * @param addresses those whose rows and tickets the run may touch; empty: all
 */
public record RunScope(
    List<Zone> configured, List<Zone> zones, Optional<SortedSet<Ipv4Address>> addresses) {

  public RunScope {
    configured = List.copyOf(configured);
    zones = List.copyOf(zones);
    addresses = addresses.map(some -> Collections.unmodifiableSortedSet(new TreeSet<>(some)));
  }

  /** A run like those that no person starts: every zone, every address. */
  public static RunScope all(List<Zone> zones) {
    return new RunScope(zones, zones, Optional.empty());
  }

  /** The zones that are not asked: UNKNOWN for the verdict, and in no other account of the run. */
  public List<Zone> leftOut() {
    return configured.stream().filter(zone -> !zones.contains(zone)).toList();
  }

  /** Whether something is left out, so that the run shows nothing of the whole. */
  public boolean isPart() {
    return addresses.isPresent() || !leftOut().isEmpty();
  }

  public boolean covers(Ipv4Address address) {
    return addresses.isEmpty() || addresses.get().contains(address);
  }

  /** For people, if it is a part: {@code partial run: 1 of 3 lists (zen.example), 2 addresses}. */
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
