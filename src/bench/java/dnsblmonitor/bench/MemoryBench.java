package dnsblmonitor.bench;

import dnsblmonitor.bench.Goal.Sense;
import dnsblmonitor.testing.Rbldnsd;
import dnsblmonitor.testing.World;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code mvn -Pbench,memory verify}: the real distribution in its own heap looks up clean addresses
 * in twenty zones, some and then ten times as many: what lives in its heap must be the same (R35).
 * Exit code 1 where it is not.
 */
final class MemoryBench {

  private static final int ZONES = 20;
  private static final int MANY = 100_000;
  private static final int QUICK = 30_000;
  private static final int TIMES = 10;

  /** Less than 120 bytes for an address more. */
  private static final int MOST_GROWTH_MIB = 10;

  /** R34. */
  private static final int MOST_RESIDENT_MIB = 400;

  /** The first row: one listed address must not bring its whole pool into memory. */
  private static final String LISTED = "198.18.0.0";

  private MemoryBench() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    boolean quick = Boolean.getBoolean("bench.quick");
    int many = quick ? QUICK : MANY;
    List<String> zones =
        IntStream.range(0, ZONES).mapToObj("z%d.bench.example"::formatted).toList();
    List<Goal> goals = new ArrayList<>();
    try (Rbldnsd server = server(zones);
        World world = World.with(String.join(",", zones))) {
      world.set("DNS_RESOLVERS", "127.0.0.1:" + server.address().getPort());
      world.set("RUN_DEADLINE", "PT1H");
      MonitorMemory few = run(world, many / TIMES);
      MonitorMemory all = run(world, many);
      print(few, all);
      goals.add(
          new Goal(
              "heap for %,d rows more, MiB".formatted(all.rows() - few.rows()),
              all.liveMib() - few.liveMib(),
              Sense.AT_MOST,
              MOST_GROWTH_MIB));
      goals.add(
          new Goal("peak RSS of the server, MiB", all.peakMib(), Sense.AT_MOST, MOST_RESIDENT_MIB));
    }
    System.out.println("\n" + Goal.HEAD);
    goals.forEach(goal -> System.out.println(goal.row()));
    System.exit(quick || goals.stream().allMatch(Goal::isMet) ? 0 : 1);
  }

  private static Rbldnsd server(List<String> zones) {
    Rbldnsd.Zones server =
        Rbldnsd.withZone(zones.getFirst(), "ip4set", "127.0.0.2\n%s\n".formatted(LISTED));
    zones.stream().skip(1).forEach(zone -> server.zone(zone, "ip4set", "127.0.0.2\n"));
    return server.start();
  }

  private static MonitorMemory run(World world, int rows) throws IOException, InterruptedException {
    world
        .database()
        .execute(
            """
            truncate postal.ip_addresses restart identity;
            insert into postal.ip_addresses
              (ip_pool_id, ipv4, hostname, priority, created_at, updated_at)
            select 1, host('198.18.0.0'::inet + n), 'mx.example.com', 80, now(), now()
            from generate_series(0, %d) n
            """
                .formatted(rows - 1));
    return MonitorMemory.ofRun(world.environment(), rows);
  }

  private static void print(MonitorMemory... runs) {
    System.out.printf(
        """

        %s; the distribution with its own JVM options; PostgreSQL, rbldnsd and all on one machine.
        Heap: the least that lived in it, after a full collection, during the last third of the rows.

        | rows | lookups | wall, s | heap, MiB | peak RSS of the server, MiB |
        | ---: | ---: | ---: | ---: | ---: |
        """,
        Machine.text());
    for (MonitorMemory run : runs) {
      System.out.println(run.row(ZONES));
    }
  }
}
