package dnsblmonitor.batch;

import dnsblmonitor.domain.MonitoredIp;
import dnsblmonitor.postal.TableRow;
import jakarta.batch.api.chunk.AbstractItemReader;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the valid rows in id order, in keyset pages (R6, R7): from the run's first id to the end,
 * then those below it (R7b).
 */
@Named
@Dependent
class IpAddressReader extends AbstractItemReader {

  private static final int PAGE_SIZE = 1000;

  private final CurrentRun current;
  private final Deque<TableRow> page = new ArrayDeque<>();
  private long firstId;
  private long lastId;
  private boolean wrapped;
  private long lastIdOfPage;

  @Inject
  IpAddressReader(CurrentRun current) {
    this.current = current;
  }

  @Override
  public void open(@Nullable Serializable checkpoint) {
    current.get().requirePrepared();
    if (checkpoint instanceof long[] position) {
      firstId = position[0];
      lastId = position[1];
      wrapped = position[2] != 0;
    } else {
      firstId = current.get().firstId();
      lastId = firstId - 1;
      current.get().beginsWithFirstRow();
    }
    lastIdOfPage = lastId;
  }

  @Override
  public @Nullable MonitoredIp readItem() {
    Run run = current.get();
    while (true) {
      if (run.isCheckingOver()) {
        leaveTheRest(run);
        return null;
      }
      Optional<TableRow> row = next(run);
      if (row.isEmpty()) {
        return null;
      }
      lastId = row.get().id();
      switch (row.get()) {
        case TableRow.Valid(var ip, var invalidIpv6) -> {
          invalidIpv6.ifPresent(value -> run.parts().log().ipv6Invalid(ip, value));
          return ip;
        }
        case TableRow.Invalid(long id, var value) -> {
          run.report().addInvalid();
          run.parts().log().rowInvalid(id, value);
        }
      }
    }
  }

  private Optional<TableRow> next(Run run) {
    if (page.isEmpty()) {
      page.addAll(page(run, lastIdOfPage));
      if (page.isEmpty() && !wrapped && firstId > Run.LOWEST_ID) {
        wrapped = true;
        lastId = Long.MIN_VALUE;
        page.addAll(page(run, lastId));
      }
      if (!page.isEmpty()) {
        lastIdOfPage = page.getLast().id();
      }
    }
    return Optional.ofNullable(page.poll()).filter(row -> !wrapped || row.id() < firstId);
  }

  private static List<TableRow> page(Run run, long afterId) {
    return run.parts().table().page(afterId, PAGE_SIZE, run.parts().scope().addresses());
  }

  /** Counts the rows that are left to the next run (R7b). */
  private void leaveTheRest(Run run) {
    run.leave(count(run, lastId, wrapped ? firstId : Long.MAX_VALUE));
    if (!wrapped) {
      run.leave(count(run, Long.MIN_VALUE, firstId));
    }
  }

  private static long count(Run run, long afterId, long beforeId) {
    return run.parts().table().count(afterId, beforeId, run.parts().scope().addresses());
  }

  /** The first id, the last one read, and whether the end is behind it. */
  @Override
  public Serializable checkpointInfo() {
    return new long[] {firstId, lastId, wrapped ? 1 : 0};
  }
}
