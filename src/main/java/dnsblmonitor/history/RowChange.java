package dnsblmonitor.history;

import dnsblmonitor.domain.Checked;
import dnsblmonitor.domain.Ipv4Address;
import java.util.Objects;

/**
 * A row that a run changed; in a dry run one that it would have.
 *
 * @param event as the row has it ({@code lastBlockingListEvent})
 * @param before the priority that it had
 * @param after the priority that it got
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
