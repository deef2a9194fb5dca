package dnsblmonitor.history;

import dnsblmonitor.domain.Checked;
import dnsblmonitor.domain.Ipv4Address;
import java.util.Objects;

/**
 * A row that a run changed, or in a dry run would have changed.
 *
 * @param event as in the row ({@code lastBlockingListEvent})
 * @param before the old priority
 * @param after the new priority
 */
public record RowChange(Ipv4Address address, String event, int before, int after) {

  public static RowChange of(Checked checked) {
    return new RowChange(
        checked.address(),
        Objects.requireNonNullElse(checked.current().lastEvent(), ""),
        checked.before().priority(),
        checked.current().state().priority());
  }
}
