package dnsblmonitor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.arquillian.MonitorArchive;
import dnsblmonitor.arquillian.ServerSurroundings;
import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.World;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server that stays: what a hundred runs of it leave behind. */
@Tag("arquillian")
@ExtendWith(ArquillianExtension.class)
class LeftoversIT {

  private static final String ZONE = "bl.example";
  private static final int RUNS = 100;
  private static final int WARM_UP = 20;
  private static final List<String> OURS =
      List.of("dnsbl-lookups", "run-lock", "run-watch", "jira", "jira-worker-");

  private final Jobs jobs = new Jobs();
  private World world;
  private Addresses addresses;

  /** What a process holds. */
  private record Held(int threads, long descriptors, int mbeans, long heapKib, String names) {

    static Held now() throws IOException {
      long heap = Long.MAX_VALUE;
      for (int i = 0; i < 5; i++) {
        System.gc();
        heap =
            Math.min(
                heap, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024);
      }
      try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
        return new Held(
            Thread.getAllStackTraces().size(),
            descriptors.count(),
            ManagementFactory.getPlatformMBeanServer().getMBeanCount(),
            heap,
            threadsByName());
      }
    }

    private static String threadsByName() {
      return Thread.getAllStackTraces().keySet().stream()
          .collect(
              Collectors.groupingBy(
                  thread -> thread.getName().replaceAll("\\d+", "N"),
                  TreeMap::new,
                  Collectors.counting()))
          .toString();
    }
  }

  @Deployment
  static WebArchive monitor() {
    return MonitorArchive.withTests(
        LeftoversIT.class, Held.class, Addresses.class, Jobs.class, Jobs.Ended.class);
  }

  @BeforeEach
  void open() {
    world = World.around(ServerSurroundings.handedOver(), ZONE);
    addresses = new Addresses(world, ZONE);
    world.environment().forEach(System::setProperty);
  }

  @AfterEach
  void close() {
    jobs.awaitEnds();
    world.environment().keySet().forEach(System::clearProperty);
    world.close();
  }

  @Test
  void aHundredRunsLeaveNothingBehind() throws IOException {
    addresses.insert(1, 4);
    for (int i = 0; i < WARM_UP; i++) {
      runOneOfEachKind(i);
    }
    Held before = held();

    for (int i = 0; i < RUNS; i++) {
      runOneOfEachKind(i);
    }
    Held after = held();

    Files.writeString(
        ServerSurroundings.figures(), "before %s%nafter  %s%n".formatted(before, after));
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .as("our threads")
        .noneMatch(name -> OURS.stream().anyMatch(name::startsWith));
    assertThat(after.threads()).as("%s after %s", after, before).isLessThan(before.threads() + 10);
    assertThat(after.descriptors()).as("descriptors").isLessThan(before.descriptors() + 10);
    assertThat(after.mbeans()).as("MBeans").isLessThanOrEqualTo(before.mbeans());
    assertThat(after.heapKib() - before.heapKib()).as("KiB of heap").isLessThan(RUNS * 50L);
  }

  /** Requests to the fakes are forgotten, else it is their memory that grows. */
  private Held held() throws IOException {
    world.dns().forgetQuestions();
    Await.until(
        "the end of our threads",
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> OURS.stream().anyMatch(thread.getName()::startsWith)));
    return Held.now();
  }

  /** In turn: listed, restored, refused, dry, of a part, stopped. */
  private void runOneOfEachKind(int number) {
    switch (number % 6) {
      case 0 -> {
        addresses.list(1, 2);
        expect("0", Map.of("itemCount", "1"));
      }
      case 1 -> {
        world.dns().unlist(ZONE, Addresses.address(1)).unlist(ZONE, Addresses.address(2));
        expect("0", Map.of());
      }
      case 2 -> expect("1", Map.of("ips", "nonsense"));
      case 3 -> expect("0", Map.of("dryRun", "true"));
      case 4 -> expect("0", Map.of("ips", Addresses.address(3)));
      default -> {
        long execution = jobs.start(Map.of());
        jobs.stop(execution);
        assertThat(jobs.awaitEnd(execution).exitStatus()).isIn("143", "STOPPED");
      }
    }
  }

  private void expect(String exitStatus, Map<String, String> parameters) {
    assertThat(jobs.awaitEnd(jobs.start(parameters)).exitStatus())
        .as("%s", parameters)
        .isEqualTo(exitStatus);
  }
}
