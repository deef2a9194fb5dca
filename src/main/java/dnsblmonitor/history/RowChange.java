package dnsblmonitor.history;

import dnsblmonitor.domain.Checked;
import dnsblmonitor.domain.IpState;
import dnsblmonitor.domain.Ipv4Address;
import java.util.Objects;

/**
 * A row that a run changed, or in a dry run would have changed.
 *
 * @param rowId its id in {@code ip_addresses}
 * @param event as in the row ({@code lastEvent})
 */
public record RowChange(
    long rowId, Ipv4Address address, String event, IpState before, IpState after) {

  /** What happened to the row. */
  public enum Type {
    NEWLY_LISTED,
    /** Other blocklists list it than before. */
    CHANGED,
    RESTORED
  }

  public static RowChange of(Checked checked) {
    return new RowChange(
        checked.check().ip().rowId(),
        checked.address(),
        Objects.requireNonNullElse(checked.current().lastEvent(), ""),
        checked.before(),
        checked.current().state());
  }

  public Type type() {
    if (after instanceof IpState.Clean) {
      return Type.RESTORED;
    }
    return before instanceof IpState.Clean ? Type.NEWLY_LISTED : Type.CHANGED;
  }
}
