package dnsblmonitor.dnsbl;

import dnsblmonitor.domain.DnsAnswer;
import dnsblmonitor.domain.IpAddress;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.Ipv6Address;
import dnsblmonitor.domain.Probe;
import dnsblmonitor.domain.TestEntries;
import dnsblmonitor.domain.Zone;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.xbill.DNS.Type;

/**
 * Queries a zone for its test entries (RFC 5782 5), concurrently and within one time-out;
 * unanswered entries are queried again within it (R14). Runs on the loop.
 */
final class ZoneProbe {

  /**
   * The result per address family.
   *
   * @param ipv6 OFF if that family is not looked up
   * @param answered whether both entries of at least one family got any answer
   */
  record Result(Probe ipv4, Probe ipv6, boolean answered) {

    static final Result NONE = new Result(Probe.OFF, Probe.OFF, true);

    /** The zone's result, for display. */
    Probe probe() {
      return Probe.ofBoth(ipv4, ipv6);
    }

    /**
     * The result that applies to lookups. Lists without IPv6 test entries are judged by IPv4,
     * unless they list everything there, which says nothing about IPv6 (R14).
     */
    Probe of(IpAddress address) {
      return switch (address) {
        case Ipv4Address _ -> ipv4;
        case Ipv6Address _ when ipv6 != Probe.TEST_ENTRY_MISSING -> ipv6;
        case Ipv6Address _ -> ipv4 == Probe.LISTS_EVERYTHING ? Probe.OFF : ipv4;
      };
    }
  }

  private final Zone zone;
  private final List<TestEntries> entries;
  private final Duration timeout;
  private final Consumer<Result> onResult;
  private final Map<IpAddress, Question> questions = new HashMap<>();
  private final Map<IpAddress, DnsAnswer> answers = new HashMap<>();

  /**
   * @param entries for each family that is looked up
   * @param onResult called once, never within {@link #start}
   */
  ZoneProbe(Zone zone, List<TestEntries> entries, Duration timeout, Consumer<Result> onResult) {
    this.zone = zone;
    this.entries = entries;
    this.timeout = timeout;
    this.onResult = onResult;
  }

  void start(ZoneQuestions zoneQuestions) {
    long deadlineNanos = System.nanoTime() + timeout.toNanos();
    entries.stream()
        .flatMap(pair -> Stream.of(pair.listed(), pair.neverListed()))
        .forEach(address ->
            questions.put(
                address,
                zoneQuestions.ask(
                    address, Type.A, deadlineNanos, outcome -> heard(address, outcome))));
  }

  void tick(long nowNanos) {
    List.copyOf(questions.values()).forEach(question -> question.tick(nowNanos));
  }

  private void heard(IpAddress address, Outcome outcome) {
    questions.remove(address);
    answers.put(address, outcome.addresses(timeout));
    if (questions.isEmpty()) {
      boolean answered = entries.stream().anyMatch(this::isAnswered);
      onResult.accept(new Result(probe(TestEntries.IPV4), probe(TestEntries.IPV6), answered));
    }
  }

  private Probe probe(TestEntries pair) {
    return entries.contains(pair)
        ? Probe.of(zone, answer(pair.listed()), answer(pair.neverListed()))
        : Probe.OFF;
  }

  private DnsAnswer answer(IpAddress address) {
    return answers.getOrDefault(address, new DnsAnswer.TimedOut(timeout));
  }

  private boolean isAnswered(TestEntries pair) {
    return !answer(pair.listed()).isSilence() && !answer(pair.neverListed()).isSilence();
  }
}
