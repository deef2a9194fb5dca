package dnsblmonitor.domain;

import java.util.List;
import java.util.Optional;

/**
 * Too many zones failed in one run for its results to be meaningful (R28).
 *
 * @param percent of all zones that failed, rounded
 */
public record Malfunction(int percent, List<ZoneHealth> failed, int zones) {

  public Malfunction {
    failed = List.copyOf(failed);
  }

  /** The shown names of the zones that failed. */
  public List<String> shownNames() {
    return failed.stream().map(health -> health.zone().shownName()).toList();
  }

  /** The malfunction, if more than {@code thresholdPercent} (1-100) of {@code zones} failed. */
  public static Optional<Malfunction> of(List<ZoneHealth> zones, int thresholdPercent) {
    List<ZoneHealth> failed = zones.stream().filter(ZoneHealth::hasFailed).toList();
    if (failed.size() * 100L <= (long) thresholdPercent * zones.size()) {
      return Optional.empty();
    }
    int percent = Math.toIntExact(Math.round(failed.size() * 100.0 / zones.size()));
    return Optional.of(new Malfunction(percent, failed, zones.size()));
  }
}
