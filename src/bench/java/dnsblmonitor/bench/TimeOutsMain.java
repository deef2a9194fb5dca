package dnsblmonitor.bench;

import dnsblmonitor.dnsbl.DnsblLookups;
import dnsblmonitor.domain.LookupResult.Unknown;
import dnsblmonitor.domain.UnknownReason;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.testing.Engine;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The process that measures time-outs: ten zones are asked as fast as they answer, and meanwhile,
 * zone after zone, some that never do. Few lookups of each, so that no zone is given up.
 */
final class TimeOutsMain {

  private static final int DEAD_ZONES = 60;
  private static final int OF_EACH = 5;
  private static final long BETWEEN_ZONES_NANOS = 20_000_000;
  private static final long FIRST_LOOKUPS = 50_000;

  private final Queue<Long> lateNanos = new ConcurrentLinkedQueue<>();
  private final Tally load = new Tally();
  private final Task task;
  private final DnsblLookups lookups;
  private volatile boolean enough;

  private TimeOutsMain(Task task, DnsblLookups lookups) {
    this.task = task;
    this.lookups = lookups;
  }

  public static void main(String[] arguments) throws InterruptedException {
    Children.endWithParent();
    Task task = Task.of(arguments);
    try (DnsblLookups lookups = Engine.asking(task.world(), task.timeout(), task.perZone())) {
      System.out.println(new TimeOutsMain(task, lookups).measure().toLine());
    }
    System.exit(0);
  }

  private TimeOuts measure() throws InterruptedException {
    Thread loading = Thread.ofPlatform().start(this::load);
    while (load.done() < FIRST_LOOKUPS) {
      LockSupport.parkNanos(BETWEEN_ZONES_NANOS);
    }
    long doneBefore = load.done();
    long startNanos = System.nanoTime();
    Stream<CompletableFuture<?>> timeOuts =
        Questions.deadZones(DEAD_ZONES).stream().flatMap(this::ask).toList().stream();
    CompletableFuture.allOf(timeOuts.toArray(CompletableFuture[]::new)).join();
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    double perSecond = (load.done() - doneBefore) / seconds;
    enough = true;
    loading.join();
    return TimeOuts.of(lateNanos, Math.round(perSecond));
  }

  private void load() {
    List<Zone> zones = Questions.zones(0);
    Pace pace = EngineWork.pace();
    for (int i = 0; !enough; i++) {
      EngineWork.start(lookups, zones, Questions.address(i % Questions.MAX_ADDRESSES), load, pace);
    }
    pace.awaitAll();
  }

  private Stream<CompletableFuture<?>> ask(Zone dead) {
    LockSupport.parkNanos(BETWEEN_ZONES_NANOS);
    return IntStream.range(0, OF_EACH).mapToObj(i -> ask(dead, i));
  }

  private CompletableFuture<?> ask(Zone dead, int index) {
    Duration asked = task.timeout();
    long startNanos = System.nanoTime();
    return lookups
        .lookup(dead, Questions.address(index))
        .thenAccept(answered -> {
          if (answered.result() instanceof Unknown(UnknownReason reason, _)
              && reason == UnknownReason.TIMEOUT) {
            lateNanos.add(System.nanoTime() - startNanos - asked.toNanos());
          }
        });
  }
}
