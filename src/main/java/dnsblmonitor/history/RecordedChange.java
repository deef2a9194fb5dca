package dnsblmonitor.history;

import dnsblmonitor.domain.Ipv4Address;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A row that a run changed, or in a dry run would have changed, as the history keeps it.
 *
 * @param run the id of the run in the history
 * @param at the end of the run
 * @param rowId its id in {@code ip_addresses}
 * @param oldBlocklists that listed the address before
 * @param newBlocklists that list it since
 * @param event why, as in the row ({@code lastEvent})
 */
public record RecordedChange(
    long id,
    long run,
    Instant at,
    boolean dryRun,
    long rowId,
    Ipv4Address address,
    RowChange.Type type,
    int oldPriority,
    int newPriority,
    List<String> oldBlocklists,
    List<String> newBlocklists,
    String event) {

  public RecordedChange {
    oldBlocklists = List.copyOf(oldBlocklists);
    newBlocklists = List.copyOf(newBlocklists);
  }

  /**
   * Which changes to read; an empty field does not limit.
   *
   * @param run the id of a run in the history
   * @param dryRun those of dry runs, or those of real runs
   * @param since only of runs that ended then or later
   * @param until only of runs that ended before
   */
  public record Filter(
      Optional<Long> run,
      Optional<Ipv4Address> address,
      Optional<RowChange.Type> type,
      Optional<Boolean> dryRun,
      Optional<Instant> since,
      Optional<Instant> until) {

    public static final Filter ALL =
        new Filter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public Filter ofRun(long wanted) {
      return new Filter(Optional.of(wanted), address, type, dryRun, since, until);
    }

    public Filter ofAddress(Ipv4Address wanted) {
      return new Filter(run, Optional.of(wanted), type, dryRun, since, until);
    }

    public Filter ofType(RowChange.Type wanted) {
      return new Filter(run, address, Optional.of(wanted), dryRun, since, until);
    }

    public Filter ofDryRuns(boolean wanted) {
      return new Filter(run, address, type, Optional.of(wanted), since, until);
    }

    public Filter between(Optional<Instant> from, Optional<Instant> to) {
      return new Filter(run, address, type, dryRun, from, to);
    }
  }
}
