package dnsblmonitor.testing;

import dnsblmonitor.testing.MonitorProcess.Ended;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Release 0.1.0: what two runs of it leave in the table and in Jira, and the release itself ({@code
 * .ci/first-release} builds it, {@code -Dfirst.release=} says where it is).
 */
public final class FirstRelease {

  /** The lists that its runs query. */
  public static final String ZONES = "zen.example,bl.example";

  /** Not listed. */
  public static final String CLEAN = "203.0.113.6";

  /** Listed by zen.example. */
  public static final String LISTED = "203.0.113.7";

  /** Listed by zen.example, and from the second run on by bl.example. */
  public static final String LISTED_TWICE = "203.0.113.8";

  /** Listed by zen.example in the first run only. */
  public static final String RESTORED = "203.0.113.9";

  /** An issue, as far as the next run reads it. */
  public record Ticket(String summary, Set<String> labels, Map<String, JsonValue> properties) {}

  private FirstRelease() {}

  /** One run of the release, to its end; its events are not those of today's schema. */
  public static Ended run(World world) {
    return MonitorProcess.start(Path.of(System.getProperty("first.release")), world.environment())
        .ended();
  }

  /** Two runs of the release. */
  public static void runTwice(World world) {
    world.database().insert(CLEAN, 50);
    world.database().insert(LISTED, 80);
    world.database().insert(LISTED_TWICE, 60);
    world.database().insert(RESTORED, 70);
    for (String address : List.of(LISTED, LISTED_TWICE, RESTORED)) {
      world.dns().lists("zen.example", address, "127.0.0.2");
    }
    run(world).expectExit(0);
    world.dns().lists("bl.example", LISTED_TWICE, "127.0.0.3");
    world.dns().unlist("zen.example", RESTORED);
    run(world).expectExit(0);
  }

  /** What {@link #runTwice} was seen to leave, without the release. */
  public static void leftovers(World world) {
    row(world, CLEAN, 50, "null, null, null");
    row(world, LISTED, 0, "80, 'zen.example', 'new block from list(s) zen.example'");
    row(
        world,
        LISTED_TWICE,
        0,
        "60, 'bl.example,zen.example', 'blocking list change: bl.example,zen.example'");
    row(world, RESTORED, 70, "null, '', 'block removed'");
    ticket(world, LISTED, "zen.example", "[\"zen.example\"]");
    ticket(world, RESTORED, "zen.example", "\"clean\"");
    ticket(world, LISTED_TWICE, "bl.example,zen.example", "[\"bl.example\",\"zen.example\"]");
    world.dns().lists("zen.example", LISTED, "127.0.0.2");
    world.dns().lists("zen.example", LISTED_TWICE, "127.0.0.2");
    world.dns().lists("bl.example", LISTED_TWICE, "127.0.0.3");
  }

  private static void row(World world, String address, int priority, String monitors) {
    long id = world.database().insert(address, priority);
    world
        .database()
        .execute(
            "update ip_addresses set (\"oldPriority\", \"blockingLists\", \"lastEvent\") = (%s) where id = %d"
                .formatted(monitors, id));
  }

  private static void ticket(World world, String address, String zones, String told) {
    String key =
        world
            .jira()
            .seed(
                "IP %s blacklisted by %s".formatted(address, zones),
                "dnsbl-monitor",
                "dnsbl-postal-" + address);
    try (JsonReader reader = Json.createReader(new StringReader("{\"told\":%s}".formatted(told)))) {
      JsonObject property = reader.readObject();
      world.jira().setProperty(key, "dnsbl-monitor.postal", property);
    }
  }

  /** The tickets, by summary: the release files several at a time. */
  public static List<Ticket> tickets(World world) {
    return world.jira().issues().stream()
        .map(issue -> new Ticket(issue.summary(), issue.labels(), issue.properties()))
        .sorted(Comparator.comparing(Ticket::summary))
        .toList();
  }
}
