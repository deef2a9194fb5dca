package dnsblmonitor.domain;

import dnsblmonitor.domain.LookupResult.NotListed;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * One row looked up in all zones.
 *
 * @param answers what each zone answered about each of the row's addresses
 * @param verdict what these say together
 * @param took the latency of the slowest lookup
 */
public record IpCheck(MonitoredIp ip, List<ZoneAnswer> answers, Verdict verdict, Duration took) {

  public IpCheck {
    answers = List.copyOf(answers);
  }

  public IpCheck(MonitoredIp ip, List<ZoneAnswer> answers, Verdict verdict) {
    this(ip, answers, verdict, longest(answers));
  }

  /**
   * The check that these answers make.
   *
   * @param leftOut the zones that the run does not query (R29a)
   * @param threshold the verdict's (R15)
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
    return new IpCheck(ip, answers, verdict.holdingBack(zones), took);
  }

  /** The same with an exception for each of these zones (R20b). */
  public IpCheck excepting(Set<String> zones) {
    return zones.isEmpty() ? this : new IpCheck(ip, answers, verdict.excepting(zones), took);
  }

  /**
   * What a ticket or a log line needs of it: without the answers of zones that do not list the row.
   *
   * @param shared an equal verdict, but for the reasons of listings, which the answers hold
   */
  IpCheck brief(Verdict shared) {
    return new IpCheck(
        ip,
        answers.stream()
            .filter(answer -> !(verdict.results().get(answer.zone()) instanceof NotListed))
            .toList(),
        shared,
        took);
  }

  private static Duration longest(List<ZoneAnswer> answers) {
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
