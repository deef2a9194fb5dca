package dnsblmonitor.postal;

import dnsblmonitor.domain.IpCheck;
import dnsblmonitor.domain.RowOutcome;

/** Follows rows while they are changed, so that what was written is told even if the next fails. */
public interface RowListener {

  /** Whether the run goes on; asked before each attempt. */
  boolean goesOn();

  /** What became of a row; nothing is told of those that were not reached. */
  void became(IpCheck check, RowOutcome outcome);
}
