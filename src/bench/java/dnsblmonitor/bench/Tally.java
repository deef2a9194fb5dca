package dnsblmonitor.bench;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.LookupResult;
import dnsblmonitor.domain.Zone;
import java.util.concurrent.atomic.LongAdder;

/** Counts what was answered against what is so. Safe for use by any thread. */
final class Tally {

  private final LongAdder done = new LongAdder();
  private final LongAdder falseUnknown = new LongAdder();
  private final LongAdder wrong = new LongAdder();

  void add(Zone zone, Ipv4Address address, LookupResult result) {
    done.increment();
    switch (result) {
      case LookupResult.Unknown _ when Questions.isDead(zone) -> {}
      case LookupResult.Unknown _ -> falseUnknown.increment();
      case LookupResult.Listed _ -> expect(!Questions.isDead(zone) && Questions.isListed(address));
      case LookupResult.NotListed _ ->
          expect(!Questions.isDead(zone) && !Questions.isListed(address));
    }
  }

  private void expect(boolean right) {
    if (!right) {
      wrong.increment();
    }
  }

  long done() {
    return done.sum();
  }

  /** Lookups in healthy zones that ended UNKNOWN. */
  long falseUnknown() {
    return falseUnknown.sum();
  }

  /** Answers that are not so: the benchmark itself, or a contender, is broken. */
  long wrong() {
    return wrong.sum();
  }
}
