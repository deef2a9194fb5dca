package dnsblmonitor.bench;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.LookupResult;
import dnsblmonitor.domain.UnknownReason;
import dnsblmonitor.domain.Zone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Type;

/** dnsjava's resolver, asynchronous, with the engine's window for each zone and one thread. */
final class StockWork implements Work {

  @Override
  public void run(Task task, Tally tally) throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(Questions.ZONES);
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Resolver resolver = StockResolver.of(task);
      for (Zone zone : Questions.zones(task.deadZones())) {
        thread.execute(new Lane(zone, task, tally, resolver, thread, ended)::open);
      }
      ended.await();
    }
  }

  /** The lookups of one zone, so many at a time. Runs on the one thread. */
  private static final class Lane {

    private final Zone zone;
    private final Task task;
    private final Tally tally;
    private final Resolver resolver;
    private final ExecutorService thread;
    private final CountDownLatch ended;
    private int started;
    private int over;

    Lane(
        Zone zone,
        Task task,
        Tally tally,
        Resolver resolver,
        ExecutorService thread,
        CountDownLatch ended) {
      this.zone = zone;
      this.task = task;
      this.tally = tally;
      this.resolver = resolver;
      this.thread = thread;
      this.ended = ended;
    }

    void open() {
      for (int i = 0; i < task.perZone(); i++) {
        startNext();
      }
    }

    private void startNext() {
      if (started < task.addresses()) {
        Ipv4Address address = Questions.address(started++);
        var _ =
            resolver
                .sendAsync(question(address, Type.A), thread)
                .whenCompleteAsync((answer, _) -> heard(address, answer), thread);
      }
    }

    private void heard(Ipv4Address address, @Nullable Message answer) {
      LookupResult result =
          answer == null
              ? StockResolver.unknown(UnknownReason.TIMEOUT)
              : StockResolver.result(answer);
      if (result instanceof LookupResult.Listed) {
        var _ =
            resolver
                .sendAsync(question(address, Type.TXT), thread)
                .whenCompleteAsync((_, _) -> end(address, result), thread);
      } else {
        end(address, result);
      }
    }

    private void end(Ipv4Address address, LookupResult result) {
      tally.add(zone, address, result);
      if (++over == task.addresses()) {
        ended.countDown();
      }
      startNext();
    }

    private Message question(Ipv4Address address, int type) {
      try {
        return StockResolver.question(zone, address, type);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
