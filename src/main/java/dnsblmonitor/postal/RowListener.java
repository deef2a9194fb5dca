package dnsblmonitor.postal;

import dnsblmonitor.domain.IpCheck;
import dnsblmonitor.domain.RowOutcome;

/** Follows rows while they are changed: a written row is reported even if a later one fails. */
public interface RowListener {

  /** Whether the run goes on; queried before each row. */
  boolean goesOn();

  /** What became of a row; rows that were not reached are not reported. */
  void onOutcome(IpCheck check, RowOutcome outcome);
}
