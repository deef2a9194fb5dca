package dnsblmonitor.dnsbl;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.LookupResult.NotListed;
import dnsblmonitor.domain.LookupResult.Unknown;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneList;
import dnsblmonitor.domain.ZoneLookup.Answered;
import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.FakeDnsServer;
import dnsblmonitor.testing.Stalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** R12, R13: many lookups at a time. R4: they can be stopped at once. */
@Timeout(20)
class ManyLookupsTest {

  private static final int WINDOW = 8;
  private static final Zone ZONE = zone("bl.example");
  private static final Zone OTHER = zone("other.example");

  /** So long that no lookup times out before a test looks, on a busy machine either. */
  private static final Duration PATIENT = Duration.ofSeconds(15);

  private final FakeDnsServer server = FakeDnsServer.start();
  private final DnsblLookups lookups = lookups(Duration.ofSeconds(5));

  @AfterEach
  void close() {
    lookups.close();
    server.close();
  }

  @Test
  void windowOfEachZoneIsReachedAndNeverExceeded() {
    server.zone("bl.example").answers("127.0.0.2").delay(Duration.ofMillis(10));
    server.zone("other.example").delay(Duration.ofMillis(5));

    List<CompletableFuture<Answered>> listed = lookUp(ZONE, 200);
    List<CompletableFuture<Answered>> clean = lookUp(OTHER, 200);

    assertThat(results(listed)).hasSize(200).hasOnlyElementsOfType(Listed.class);
    assertThat(results(clean)).hasSize(200).hasOnlyElementsOfType(NotListed.class);
    assertThat(server.maxOutstanding("bl.example")).isEqualTo(WINDOW);
    assertThat(server.maxOutstanding("other.example")).isEqualTo(WINDOW);
    assertThat(server.questions()).as("A and TXT of 200 here, A of 200 there").hasSize(600);
  }

  @Test
  void silentZoneDoesNotHoldUpAnother() {
    server.zone("bl.example").silent();
    server.zone("other.example");
    try (DnsblLookups patient = lookups(PATIENT)) {
      List<CompletableFuture<Answered>> silent = lookUp(patient, ZONE, 100);
      List<CompletableFuture<Answered>> answered = lookUp(patient, OTHER, 100);

      assertThat(results(answered)).hasOnlyElementsOfType(NotListed.class);
      assertThat(silent).noneMatch(CompletableFuture::isDone);
    }
  }

  @Test
  void waitingForASlotIsNoLatencyAndTakesNoTimeFromTheLookup() {
    Duration timeout = Duration.ofMillis(1500);
    try (DnsblLookups brief = lookups(timeout)) {
      server.zone("bl.example").delay(Duration.ofMillis(100));

      long begun = System.nanoTime();
      List<Answered> answered =
          lookUp(brief, ZONE, 20 * WINDOW).stream().map(lookup -> joined(lookup)).toList();
      Duration took = Duration.ofNanos(System.nanoTime() - begun);

      assertThat(took).as("twenty round trips").isGreaterThan(timeout);
      assertThat(answered).extracting(Answered::result).containsOnly(new NotListed());
      assertThat(answered.stream().map(Answered::latency).reduce(Duration.ZERO, Duration::plus))
          .as("latencies of all, in windows")
          .isLessThan(took.multipliedBy(2 * WINDOW));
      assertThat(answered)
          .extracting(Answered::latency)
          .as("it would be that of the last if it counted the wait")
          .allMatch(latency -> latency.compareTo(timeout) < 0);
    }
  }

  @Test
  void timeOutsHoldUnderLoad() {
    Duration timeout = Duration.ofMillis(800);
    try (Stalls stalls = Stalls.watched();
        DnsblLookups brief = lookups(timeout)) {
      server.zone("bl.example").silent();
      server.zone("other.example");

      List<CompletableFuture<Answered>> silent = lookUp(brief, ZONE, Breaker.SILENCES - 1);
      List<CompletableFuture<Answered>> busy = lookUp(brief, OTHER, 4_000);

      assertThat(silent)
          .allSatisfy(lookup -> {
            assertThat(joined(lookup).result()).isInstanceOf(Unknown.class);
            assertThat(joined(lookup).latency())
                .isBetween(timeout, stalls.added(timeout.plusMillis(500)));
          });
      assertThat(results(busy)).hasOnlyElementsOfType(NotListed.class);
    }
  }

  @Test
  void lookupStartsAndReturnsAtOnce() {
    server.zone("bl.example").silent();

    List<CompletableFuture<Answered>> pending = lookUp(ZONE, 10 * WINDOW);

    assertThat(pending).noneMatch(CompletableFuture::isDone);
    server.zone("bl.example").behaves();
    assertThat(results(pending)).as("none is lost").containsOnly(new NotListed());
  }

  @Test
  void cancelAllEndsWhatIsInFlightAndWhatWaits() {
    server.zone("bl.example").silent();
    List<CompletableFuture<Answered>> pending = lookUp(ZONE, 500);
    Await.until("window is full", () -> server.questions().size() == WINDOW);

    lookups.cancelAll();

    assertThat(pending).allMatch(CompletableFuture::isCancelled);
    assertThat(server.questions()).as("repeated ones once").hasSize(WINDOW);
  }

  @Test
  void lookupsAfterACancelAllAreAnswered() {
    server.zone("bl.example").silent();
    var _ = lookUp(ZONE, 100);
    lookups.cancelAll();
    server.zone("bl.example").behaves();

    assertThat(results(lookUp(ZONE, 3 * WINDOW))).hasOnlyElementsOfType(NotListed.class);
  }

  @Test
  void cancelledLookupGivesItsSlotToTheNext() {
    server.zone("bl.example").silent();
    List<CompletableFuture<Answered>> stuck = lookUp(ZONE, 2 * WINDOW);
    Await.until("window is full", () -> server.questions().size() == WINDOW);
    CompletableFuture<Answered> next = lookups.lookup(ZONE, address(99));

    stuck.reversed().forEach(lookup -> lookup.cancel(false)); // those that wait come first
    server.zone("bl.example").behaves();

    assertThat(joined(next).result()).isEqualTo(new NotListed());
    assertThat(server.questions()).as("repeated ones once").hasSize(WINDOW + 1);
  }

  @Test
  void closeEndsLookupsThatTheLoopHasNotTakenYet() {
    server.zone("bl.example");
    DnsblLookups closing = lookups(Duration.ofSeconds(5));
    List<CompletableFuture<Answered>> pending = lookUp(closing, ZONE, 5_000);

    closing.close();

    assertThat(pending).allMatch(CompletableFuture::isDone);
  }

  /**
   * CPU time of the thread: a busy machine gives a loop that spins less of it, one that rests none.
   */
  @Test
  void loopRestsAfterACancel() {
    server.zone("bl.example").silent();
    var _ = lookUp(ZONE, 1_000);
    lookups.cancelAll();
    lookups.cancelAll(); // whatever the first one left to be done

    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long loop = loopThread().threadId();
    long before = threads.getThreadCpuTime(loop);
    joined(lookups.lookup(OTHER, address(1)));
    long begun = System.nanoTime();
    Await.until(
        "half a second has passed",
        () -> System.nanoTime() - begun > Duration.ofMillis(500).toNanos());

    assertThat(Duration.ofNanos(threads.getThreadCpuTime(loop) - before))
        .isLessThan(Duration.ofMillis(250));
  }

  /**
   * A loop that rests takes no CPU time at all; one that ticks takes some in any tenth of a second.
   */
  @Test
  void loopRestsWhileAZoneIsGivenUp() {
    try (DnsblLookups brief = lookups(Duration.ofMillis(500))) {
      server.zone("bl.example").silent();
      assertThat(results(lookUp(brief, ZONE, 2 * WINDOW))).hasOnlyElementsOfType(Unknown.class);

      Thread loop = loopThread();
      Await.until(
          "the loop rests",
          Duration.ofSeconds(10),
          () -> cpuTime(loop, Duration.ofMillis(100)).isZero());
    }
  }

  /** What {@code thread} takes within {@code span}. */
  private static Duration cpuTime(Thread thread, Duration span) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getThreadCpuTime(thread.threadId());
    Await.passed(span);
    return Duration.ofNanos(threads.getThreadCpuTime(thread.threadId()) - before);
  }

  private static Thread loopThread() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("dnsbl-lookups"))
        .max(Comparator.comparingLong(Thread::threadId))
        .orElseThrow();
  }

  @Test
  void closeCancelsAndLeavesNoThreadAndNoSocket() {
    server.zone("bl.example").silent();
    server.zone("other.example").truncated();
    long socketsBefore = sockets();
    long loopsBefore = loops();
    DnsblLookups closing = lookups(PATIENT);
    List<CompletableFuture<Answered>> pending = lookUp(closing, ZONE, 50);
    results(lookUp(closing, OTHER, 50));

    closing.close();
    closing.close();

    assertThat(pending).allMatch(CompletableFuture::isCancelled);
    assertThat(closing.lookup(ZONE, address(1))).isCancelled();
    Await.until("the loop's thread has ended", () -> loops() <= loopsBefore);
    Await.until("sockets are closed", () -> sockets() <= socketsBefore);
  }

  private static long loops() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("dnsbl-lookups"))
        .count();
  }

  /** Counted where the system tells. */
  private static long sockets() {
    Path open = Path.of("/proc/self/fd");
    Assumptions.assumeTrue(Files.isDirectory(open), "open files are counted on Linux only");
    try (Stream<Path> files = Files.list(open)) {
      return files.filter(ManyLookupsTest::isSocket).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSocket(Path file) {
    try {
      return Files.readSymbolicLink(file).toString().startsWith("socket:");
    } catch (IOException _) { // closed meanwhile
      return false;
    }
  }

  private List<CompletableFuture<Answered>> lookUp(Zone zone, int addresses) {
    return lookUp(lookups, zone, addresses);
  }

  private static List<CompletableFuture<Answered>> lookUp(
      DnsblLookups lookups, Zone zone, int addresses) {
    return IntStream.range(0, addresses).mapToObj(i -> lookups.lookup(zone, address(i))).toList();
  }

  private static List<Object> results(List<CompletableFuture<Answered>> pending) {
    return pending.stream().<Object>map(lookup -> joined(lookup).result()).toList();
  }

  private static Answered joined(CompletableFuture<Answered> pending) {
    return pending.orTimeout(10, TimeUnit.SECONDS).join();
  }

  private DnsblLookups lookups(Duration timeout) {
    return new DnsblLookups(new DnsSettings(List.of(server.address()), timeout, WINDOW, 0, false));
  }

  private static Ipv4Address address(int index) {
    return new Ipv4Address(Ipv4Address.of("203.0.113.0").bits() + index % 256);
  }

  private static Zone zone(String specs) {
    return ZoneList.parse(specs).getFirst();
  }
}
