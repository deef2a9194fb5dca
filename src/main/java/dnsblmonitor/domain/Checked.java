package dnsblmonitor.domain;

import java.util.SortedSet;
import java.util.TreeSet;

/** A check and the outcome of its row. */
public record Checked(IpCheck check, RowOutcome outcome) {

  public Ipv4Address address() {
    return check.ip().address();
  }

  /** The row's state before the check was applied. */
  public IpState before() {
    return outcome instanceof RowOutcome.Updated(var from, _) ? from.state() : current().state();
  }

  /** The row as it is now; in a dry run as it would be. */
  public RowValues current() {
    return switch (outcome) {
      case RowOutcome.Unchanged(var values) -> values;
      case RowOutcome.Updated(_, var to) -> to;
      case RowOutcome.Waiting(var values, _) -> values;
      case RowOutcome.Unwritable(var values, _) -> values;
      case RowOutcome.Conflict() -> check.ip().values();
      case RowOutcome.Vanished() -> check.ip().values();
    };
  }

  /** The allowlists that keep the address clean only because their answer is UNKNOWN (R17). */
  public SortedSet<String> protectedBy() {
    return isListed() ? new TreeSet<>() : check.verdict().protectingZones(before());
  }

  public boolean isChanged() {
    return outcome instanceof RowOutcome.Updated;
  }

  public boolean isListed() {
    return !(outcome instanceof RowOutcome.Vanished)
        && current().state() instanceof IpState.Throttled;
  }
}
