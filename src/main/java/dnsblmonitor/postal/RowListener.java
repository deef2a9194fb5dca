package dnsblmonitor.postal;

import dnsblmonitor.domain.IpCheck;
import dnsblmonitor.domain.RowOutcome;

/** Follows rows while they are changed: a written row is reported even if a later one fails. */
public interface RowListener {

  /** Whether the run continues; called before each row. */
  boolean goesOn();

  /** The outcome of a row; not called for rows that were not reached. */
  void onOutcome(IpCheck check, RowOutcome outcome);
}
