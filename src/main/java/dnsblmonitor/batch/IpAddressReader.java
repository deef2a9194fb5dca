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

/** Reads the valid rows in id order, by keyset pages; the checkpoint is the last id (R6, R7). */
@Named
@Dependent
class IpAddressReader extends AbstractItemReader {

  private static final int PAGE_SIZE = 1000;

  private final CurrentRun current;
  private final Deque<TableRow> page = new ArrayDeque<>();
  private long lastId;
  private long lastIdOfPage;

  @Inject
  IpAddressReader(CurrentRun current) {
    this.current = current;
  }

  @Override
  public void open(@Nullable Serializable checkpoint) {
    current.get().requirePrepared();
    lastId = checkpoint instanceof Long id ? id : Long.MIN_VALUE;
    lastIdOfPage = lastId;
    if (checkpoint != null) {
      current.get().goesOnAfterEarlierRows();
    }
  }

  @Override
  public @Nullable MonitoredIp readItem() {
    AddressStage stage = new AddressStage(current.get());
    while (true) {
      if (page.isEmpty()) {
        page.addAll(stage.page(lastIdOfPage, PAGE_SIZE));
        if (page.isEmpty()) {
          return null;
        }
        lastIdOfPage = page.getLast().id();
      }
      TableRow row = page.remove();
      lastId = row.id();
      Optional<MonitoredIp> ip = stage.checkable(row);
      if (ip.isPresent()) {
        return ip.get();
      }
    }
  }

  @Override
  public Serializable checkpointInfo() {
    return lastId;
  }
}
