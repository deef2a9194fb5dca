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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the valid rows in id order, by keyset pages (R6, R7): from the run's first id to the end,
 * and then those below it (R7b).
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
    AddressStage stage = new AddressStage(current.get());
    while (true) {
      if (current.get().isCheckingOver()) {
        leaveTheRest(stage);
        return null;
      }
      Optional<TableRow> row = next(stage);
      if (row.isEmpty()) {
        return null;
      }
      lastId = row.get().id();
      Optional<MonitoredIp> ip = stage.checkable(row.get());
      if (ip.isPresent()) {
        return ip.get();
      }
    }
  }

  private Optional<TableRow> next(AddressStage stage) {
    if (page.isEmpty()) {
      page.addAll(stage.page(lastIdOfPage, PAGE_SIZE));
      if (page.isEmpty() && !wrapped && firstId > Run.LOWEST_ID) {
        wrapped = true;
        lastId = Long.MIN_VALUE;
        page.addAll(stage.page(lastId, PAGE_SIZE));
      }
      if (!page.isEmpty()) {
        lastIdOfPage = page.getLast().id();
      }
    }
    return Optional.ofNullable(page.poll()).filter(row -> !wrapped || row.id() < firstId);
  }

  private void leaveTheRest(AddressStage stage) {
    if (wrapped) {
      stage.leave(lastId, firstId);
    } else {
      stage.leave(lastId, Long.MAX_VALUE);
      stage.leave(Long.MIN_VALUE, firstId);
    }
  }

  /** The first id, the last one read, and whether the end is behind it. */
  @Override
  public Serializable checkpointInfo() {
    return new long[] {firstId, lastId, wrapped ? 1 : 0};
  }
}
