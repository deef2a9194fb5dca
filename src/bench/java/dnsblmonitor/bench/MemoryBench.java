package dnsblmonitor.bench;

import static java.util.stream.Collectors.joining;

import dnsblmonitor.bench.Goal.Sense;
import dnsblmonitor.testing.Rbldnsd;
import dnsblmonitor.testing.World;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code mvn -Pbench,memory verify}: the real distribution in its own heap looks up clean addresses
 * in twenty zones, some and then ten times as many, and then as many of which a tenth is listed:
 * what lives in its heap must be the same (R35). Exit code 1 if it is not.
 */
final class MemoryBench {

  private static final int ZONES = 20;
  private static final int MANY = 100_000;
  private static final int QUICK = 30_000;
  private static final int TIMES = 10;

  /** Less than 120 bytes for an address more, and than 1,050 for a listed one. */
  private static final int MAX_GROWTH_MIB = 10;

  /** R34. */
  private static final int MAX_RESIDENT_MIB = 400;

  private MemoryBench() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    boolean quick = Boolean.getBoolean("bench.quick");
    int many = quick ? QUICK : MANY;
    List<String> zones =
        IntStream.range(0, ZONES).mapToObj("z%d.bench.example"::formatted).toList();
    List<Goal> goals = new ArrayList<>();
    try (World world = World.with(String.join(",", zones))) {
      world.set("RUN_DEADLINE", "PT1H").set("MASS_LISTING_LIMIT", "100");
      // one listed address must not bring its whole pool into memory
      MonitorMemory few = run(world, zones, many / TIMES, 1);
      MonitorMemory all = run(world, zones, many, 1);
      MonitorMemory listed = run(world, zones, many, many / TIMES);
      print(few, all, listed);
      goals.add(
          new Goal(
              "heap for %,d rows more, MiB".formatted(all.rows() - few.rows()),
              all.liveMib() - few.liveMib(),
              Sense.AT_MOST,
              MAX_GROWTH_MIB));
      goals.add(
          new Goal(
              "heap for %,d listed rows, MiB".formatted(listed.listed()),
              listed.liveMib() - all.liveMib(),
              Sense.AT_MOST,
              MAX_GROWTH_MIB));
      goals.add(
          new Goal(
              "peak RSS of the server, MiB",
              Math.max(all.peakMib(), listed.peakMib()),
              Sense.AT_MOST,
              MAX_RESIDENT_MIB));
    }
    Goal.print(goals);
    System.exit(quick || goals.stream().allMatch(Goal::isMet) ? 0 : 1);
  }

  /** The first zone lists the first so many addresses, and says why. */
  private static Rbldnsd server(List<String> zones, int listed) {
    String addresses =
        IntStream.range(0, listed)
            .mapToObj(n -> "198.18.%d.%d\n".formatted(n / 256, n % 256))
            .collect(joining());
    Rbldnsd.Zones server =
        Rbldnsd.withZone(
            zones.getFirst(),
            "ip4set",
            ":127.0.0.2:Spam source, see https://z0.bench.example/query/$\n127.0.0.2\n"
                + addresses);
    zones.stream().skip(1).forEach(zone -> server.zone(zone, "ip4set", "127.0.0.2\n"));
    return server.start();
  }

  private static MonitorMemory run(World world, List<String> zones, int rows, int listed)
      throws IOException, InterruptedException {
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
    try (Rbldnsd server = server(zones, listed)) {
      world.set("DNS_RESOLVERS", "127.0.0.1:" + server.address().getPort());
      return MonitorMemory.ofRun(world.environment(), rows, listed);
    }
  }

  private static void print(MonitorMemory... runs) {
    System.out.printf(
        """

        %s; the distribution with its own JVM options; PostgreSQL, rbldnsd and all on one machine.
        Heap: the least that lived in it, after a full collection, during the last third of the rows.

        | rows | listed | lookups | wall, s | heap, MiB | peak RSS of the server, MiB |
        | ---: | ---: | ---: | ---: | ---: | ---: |
        """,
        Machine.text());
    for (MonitorMemory run : runs) {
      System.out.println(run.row(ZONES));
    }
  }
}
