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
 * A zone asked for its test entries (RFC 5782 5), all at once and within one time-out; an entry
 * that is not answered is asked for again within it (R14). Runs on the loop.
 */
final class ZoneProbe {

  /**
   * What came of it, for each family.
   *
   * @param ipv6 OFF if that family is not looked up
   * @param answered whether, of one family at least, both entries were answered, whatever by
   */
  record Result(Probe ipv4, Probe ipv6, boolean answered) {

    static final Result NONE = new Result(Probe.OFF, Probe.OFF, true);

    /** The zone's, for people. */
    Probe probe() {
      return Probe.ofBoth(ipv4, ipv6);
    }

    /**
     * What counts for a lookup; most lists have no IPv6 test entry, and are judged by the other.
     */
    Probe of(IpAddress address) {
      return switch (address) {
        case Ipv4Address _ -> ipv4;
        case Ipv6Address _ -> ipv6 == Probe.TEST_ENTRY_MISSING ? ipv4 : ipv6;
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
   * @param entries of each family that is looked up
   * @param onResult called once, never from within {@link #start}
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
