package dnsblmonitor.postal;

import dnsblmonitor.domain.IpCheck;
import dnsblmonitor.domain.RowOutcome;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** What became of rows, by row id. */
record RecordedOutcomes(SortedMap<Long, RowOutcome> byRow, BooleanSupplier going)
    implements RowListener {

  RecordedOutcomes() {
    this(new TreeMap<>(), () -> true);
  }

  @Override
  public boolean goesOn() {
    return going.getAsBoolean();
  }

  @Override
  public void onOutcome(IpCheck check, RowOutcome outcome) {
    if (byRow.put(check.ip().rowId(), outcome) != null) {
      throw new AssertionError("told twice of " + check.ip());
    }
  }
}
