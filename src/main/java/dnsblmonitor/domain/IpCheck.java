package dnsblmonitor.domain;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * One row looked up in all zones.
 *
 * @param answers what each zone answered about each of the row's addresses
 * @param verdict what these say together
 */
public record IpCheck(MonitoredIp ip, List<ZoneAnswer> answers, Verdict verdict) {

  public IpCheck {
    answers = List.copyOf(answers);
  }

  /** The check that {@code answers} make; {@code threshold} is the verdict's (R15). */
  public static IpCheck of(MonitoredIp ip, List<ZoneAnswer> answers, int threshold) {
    return of(ip, answers, List.of(), threshold, false);
  }

  /**
   * The same in a run that did not ask the zones {@code leftOut} (R29a).
   *
   * @param resolverWorks as some zone's test entries showed (R17)
   */
  public static IpCheck of(
      MonitoredIp ip,
      List<ZoneAnswer> answers,
      List<Zone> leftOut,
      int threshold,
      boolean resolverWorks) {
    return new IpCheck(ip, answers, Verdict.of(answers, leftOut, threshold, resolverWorks));
  }

  /** The same with these zones held back (R14a). */
  IpCheck holdingBack(Set<String> zones) {
    return new IpCheck(ip, answers, verdict.holdingBack(zones));
  }

  /** The latency of the slowest lookup. */
  public Duration took() {
    return answers.stream()
        .map(answer -> answer.answered().latency())
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /** What {@code zone} answered, about each of the row's addresses. */
  List<ZoneAnswer> answersOf(Zone zone) {
    return answers.stream().filter(answer -> answer.zone().equals(zone)).toList();
  }
}
