package dnsblmonitor.domain;

import dnsblmonitor.domain.LookupResult.NotListed;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * One row looked up in all zones.
 *
 * @param answers each zone's answer for each of the row's addresses
 * @param verdict the combined result
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
   * The check that results from these answers.
   *
   * @param leftOut the zones that the run does not query (R29a)
   * @param threshold the verdict's (R15)
   * @param resolverWorks whether some zone's test entries were as expected (R17)
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
   * The part that a ticket or log line needs: without the answers of zones that do not list the
   * row.
   *
   * @param shared an equal verdict, except for the reasons of listings, which the answers contain
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

  /** The answers of {@code zone} for each of the row's addresses. */
  List<ZoneAnswer> answersOf(Zone zone) {
    return answers.stream().filter(answer -> answer.zone().equals(zone)).toList();
  }
}
