package dnsblmonitor.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.TestPostgres;
import dnsblmonitor.testing.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * R34: 1,000 addresses, ten zones that answer after 30 ms, one of them dead, 20 new listings, in a
 * container of half a CPU and 512 MiB. Prints what it took as a table, and beside it what the same
 * image takes without that which makes it start faster, in less memory.
 */
@NeedsEngine
class LoadIT {

  private static final int ADDRESSES = 1_000;
  private static final int LISTED = 20;
  private static final String DEAD = "dead.example";
  private static final List<String> ZONES =
      IntStream.range(0, 10).mapToObj(i -> i == 0 ? DEAD : "bl" + i + ".example").toList();

  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final long MIB = 1024 * 1024;
  private static final long MEMORY_BOUND = 400 * MIB;

  /** As the JVM has it by itself: a heap that grows, the archive at a random address. */
  private static final String UNTUNED =
      "-Xms8m -XX:NewSize=2m -XX:MaxNewSize=53m -XX:ArchiveRelocationMode=1 ";

  private final World world =
      World.around(
          TestPostgres.create(DatabaseContainers.postgres().server()), String.join(",", ZONES));

  @TempDir Path folder = Path.of("set by JUnit");

  @BeforeEach
  void fillWorld() {
    world.set("DNS_TIMEOUT", ""); // as it is by default
    ZONES.forEach(zone -> world.dns().zone(zone).delay(Duration.ofMillis(30)));
    world.dns().zone(DEAD).silent();
    for (int i = 0; i < ADDRESSES; i++) {
      world.database().insert(address(i), 80, i % 10);
    }
    for (int i = 0; i < LISTED; i++) {
      world.dns().lists(ZONES.get(1 + i % 9), address(i * ADDRESSES / LISTED), "127.0.0.2");
    }
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  /** RFC 2544; those of RFC 5737 are fewer. */
  private static String address(int i) {
    return "198.18.%d.%d".formatted(i / 250, i % 250);
  }

  @Test
  void aThousandAddressesTakeLessThanAMinuteAnd400Mib() {
    Watched run = Watched.run(folder, world.environment());

    System.out.println(
        """

        | 1,000 addresses x 10 zones, 0.5 CPU, 512 MiB | wall, s | job, s | peak, MiB | CPU, s | throttled |
        | --- | ---: | ---: | ---: | ---: | ---: |\
        """);
    print("as shipped", run);
    run.ended().expectExit(0);
    assertThat(run.ended().event("job_summary").getInt("listed")).isEqualTo(LISTED);
    assertThat(world.jira().issues()).hasSize(LISTED);
    assertThat(run.ended().took()).isLessThan(BOUND);
    assertThat(run.peakBytes()).isBetween(100 * MIB, MEMORY_BOUND);
    assertThat(run.oomKilled()).isFalse();
    assertThat(run.last().oomKills()).isZero();

    // the table tells what each is good for; nothing is asked of these
    print("the same with the archive moved, the heap grown", with(UNTUNED));
    print("and without the AOT cache", with("-XX:AOTMode=off " + UNTUNED));
  }

  private Watched with(String jvmArguments) {
    world.set("JVM_ARGS", jvmArguments);
    return Watched.run(folder, world.environment());
  }

  private static void print(String what, Watched run) {
    System.out.printf(
        "| %s | %.1f | %.1f | %d | %.1f | %.0f %% |%n",
        what,
        run.ended().took().toMillis() / 1e3,
        run.ended().event("job_summary").getJsonNumber("duration_sec").doubleValue(),
        run.peakBytes() / MIB,
        run.last().cpu().toMillis() / 1e3,
        100 * run.throttledShare());
  }
}
