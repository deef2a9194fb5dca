package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.FakeJiraFault;
import dnsblmonitor.testing.FakeReceiver;
import dnsblmonitor.testing.FakeReceiver.Request;
import dnsblmonitor.testing.MonitorProcess;
import dnsblmonitor.testing.MonitorProcess.Ended;
import dnsblmonitor.testing.NotificationSchema;
import dnsblmonitor.testing.RawServer;
import dnsblmonitor.testing.SharedServer;
import dnsblmonitor.testing.SharedServerExtension;
import dnsblmonitor.testing.TestHistory;
import dnsblmonitor.testing.World;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** R38, R39: what leaves a run of the distribution when it ends, and that nothing depends on it. */
@ExtendWith(SharedServerExtension.class)
class TargetsIT {

  private static final String IP = "203.0.113.7";
  private static final String LISTED =
      "dnsbl_monitor_listing{address=\"203.0.113.7\",counts_as=\"counted\",deployment=\"postal\",zone=\"zen.example\"} 1.0";

  @TempDir Path folder = Path.of("set by JUnit");

  private final FakeReceiver receiver = FakeReceiver.start();
  private final World world;

  TargetsIT(SharedServer server) {
    world = server.world("zen.example,dead.example");
  }

  @BeforeEach
  void allTargets() {
    world
        .set("METRICS_FILE", file().toString())
        .set("METRICS_PUSH_URL", receiver.url("/push").toString())
        .set("METRICS_PUSH_TOKEN", "canary-push-token")
        .set("NOTIFY_WEBHOOK_URL", receiver.url("/hook?key=canary-hook-key").toString())
        .set("NOTIFY_WEBHOOK_SECRET", "canary-hook-secret")
        .set("NOTIFY_SLACK_URL", receiver.url("/services/canary-chat-token").toString());
    world.database().insert(IP, 80, 3);
    world.database().insert("203.0.113.8", 80, 3);
    world.dns().lists("zen.example", IP, "127.0.0.2", "listed, see https://zen.example/");
  }

  @AfterEach
  void endWorld() {
    world.close();
    receiver.close();
  }

  private Path file() {
    return folder.resolve("dnsbl.prom");
  }

  private List<Request> received(String path) {
    return receiver.requests().stream().filter(request -> request.path().startsWith(path)).toList();
  }

  private List<JsonObject> events() {
    return received("/hook").stream()
        .map(request -> NotificationSchema.event(request.body()))
        .toList();
  }

  private List<String> summaries() {
    return events().stream()
        .map(event -> event.getJsonObject("data").getString("summary"))
        .toList();
  }

  /** A process of its own: one whole run, whose secrets appear nowhere. */
  @Test
  void aRunOfTheCommandReportsANewListingToEachTarget() throws IOException {
    Ended ended = world.process().awaitEnd();

    ended.expectExit(0);
    JsonObject event = events().getFirst();
    assertThat(event.getString("id")).isEqualTo(ended.event("job_summary").getString("job_run_id"));
    JsonObject listed = event.getJsonObject("data").getJsonArray("listed").getJsonObject(0);
    assertThat(listed.getString("address")).isEqualTo(IP);
    assertThat(listed.toString()).contains("OPS-1", "zen.example");
    assertThat(received("/hook").getFirst().header("webhook-signature")).startsWith("v1,");
    assertThat(received("/services/canary-chat-token"))
        .singleElement()
        .satisfies(chat ->
            assertThat(chat.body())
                .startsWith("{\"text\":\"Request delisting: 203.0.113.7 is newly listed\\n")
                .contains("OPS-1"));
    assertThat(received("/push"))
        .extracting(Request::method, Request::path)
        .containsExactly(
            tuple("PUT", "/push/metrics/job/dnsbl_monitor/deployment/postal"),
            tuple("PUT", "/push/metrics/job/dnsbl_monitor/deployment/postal/outcome/succeeded"));
    assertThat(received("/push").getFirst().header("authorization"))
        .isEqualTo("Bearer canary-push-token");
    assertThat(received("/push").getFirst().body()).contains(LISTED).doesNotContain("203.0.113.8");
    assertThat(Files.readString(file())).contains(LISTED);
    assertThat(ended.events())
        .as("the final event comes after them")
        .last()
        .satisfies(last -> assertThat(last.getString("event")).isEqualTo("job_summary"));
    assertThat(
            Files.readString(file())
                + String.join("\n", ended.lines())
                + received("/push").getFirst().body()
                + received("/hook").getFirst().body()
                + received("/services").getFirst().body())
        .doesNotContain("canary");

    world.run().expectExit(0);
    assertThat(summaries()).as("nothing is new").hasSize(1);
    world.dns().unlist("zen.example", IP);
    world.run().expectExit(0);
    assertThat(summaries())
        .containsExactly(
            "Request delisting: 203.0.113.7 is newly listed",
            "Nothing to do: 203.0.113.7 is no longer listed");
    assertThat(Files.readString(file())).doesNotContain("203.0.113");
  }

  /** By the JVM's own list of the classes that it loads. */
  @Test
  void aRunWithoutTargetsLoadsNothingOfThem() throws IOException {
    List<String> none =
        List.of(
            "METRICS_FILE",
            "METRICS_PUSH_URL",
            "METRICS_PUSH_TOKEN",
            "NOTIFY_WEBHOOK_URL",
            "NOTIFY_WEBHOOK_SECRET",
            "NOTIFY_SLACK_URL");
    none.forEach(name -> world.set(name, ""));
    assertThat(loadedByARun()).isEmpty();

    world.set("METRICS_FILE", file().toString());
    assertThat(loadedByARun())
        .as("a run with them is seen to load them")
        .anyMatch(name -> name.startsWith("io.prometheus."))
        .noneMatch(name -> name.startsWith("org.eclipse.angus."));
  }

  private List<String> loadedByARun() throws IOException {
    Path loaded = folder.resolve("loaded");
    world.set("JVM_ARGS", "'-Xlog:class+load:file=%s'".formatted(loaded));
    world.process().awaitEnd().expectExit(0);
    try (Stream<String> lines = Files.lines(loaded)) {
      return lines
          .map(line -> line.replaceFirst("^(?:\\[[^]]*\\])+ ", ""))
          .filter(name ->
              name.matches(
                  "(?:io\\.prometheus|org\\.eclipse\\.angus\\.mail|java\\.net\\.http|dnsblmonitor\\.delivery\\.Deliver).*"))
          .toList();
    }
  }

  @Test
  void dryAndPartialRunsSendNothing() {
    world.runWith("{\"dryRun\": \"true\"}").expectExit(0);
    world.runWith("{\"ips\": \"%s\"}".formatted(IP)).expectExit(0);
    world.runWith("{\"ips\": \"nonsense\"}").expectExit(1);

    assertThat(receiver.requests()).isEmpty();
    assertThat(file()).doesNotExist();
  }

  @Test
  void aRunThatFailsSaysWhyAndWhatItFound() throws IOException {
    world.jira().fail("GET", ".*/myself", FakeJiraFault.status(401).times(9));

    Ended ended = world.run();

    ended.expectExit(1);
    JsonObject data = events().getFirst().getJsonObject("data");
    assertThat(data.getString("summary")).isEqualTo("Fix the monitor: its run failed");
    assertThat(data.getJsonObject("run_failed").toString()).contains("JiraAuthenticationFailure");
    assertThat(data.getJsonArray("listed")).hasSize(1);
    assertThat(Files.readString(file()))
        .contains(
            LISTED,
            "dnsbl_monitor_run_errors{deployment=\"postal\",type=\"JiraAuthenticationFailure\"} 1.0");
  }

  @Test
  void whatIsNoTopicIsNotSent() {
    world.set("NOTIFY_ON", "restored").run().expectExit(0);
    assertThat(events()).isEmpty();

    world.dns().unlist("zen.example", IP);
    world.run().expectExit(0);
    assertThat(events()).hasSize(1);
  }

  /** R39: needs a history; without one, every run would say it again. */
  @Test
  void whatLastsIsSentWhenItBeginsAndEnds() {
    world.dns().zone("dead.example").silent();
    world.set("DNS_TIMEOUT", "1").set("NOTIFY_ON", "list_broken,pool_exhausted");
    world.run().expectExit(0);
    assertThat(events()).as("no history").isEmpty();

    try (TestHistory history = TestHistory.create(world.database())) {
      world.set("HISTORY_DB_URL", history.url());
      world.run().expectExit(0);
      world.run().expectExit(0);
      assertThat(summaries())
          .containsExactly("Check the blocklist dead.example: it gives no usable answer");

      world.dns().lists("zen.example", "203.0.113.8", "127.0.0.2", "listed");
      world.run().expectExit(0);
      world.run().expectExit(0);
      assertThat(summaries().subList(1, 2))
          .containsExactly("Add an address to pool 3: all its addresses are listed");

      world.dns().zone("dead.example").behaves();
      world.dns().unlist("zen.example", "203.0.113.8");
      world.run().expectExit(0);
      world.run().expectExit(0);
      assertThat(summaries()).hasSize(3).last().isEqualTo("Nothing to do: 2 problems have ended");
      world.set("HISTORY_DB_URL", "");
    }
  }

  /** R39: a listing that comes and goes is reported four times a day. */
  @Test
  void anAddressIsReportedFourTimesADay() {
    try (TestHistory history = TestHistory.create(world.database())) {
      world.set("HISTORY_DB_URL", history.url());
      IntStream.range(0, 6)
          .forEach(i -> {
            if (i % 2 == 1) {
              world.dns().unlist("zen.example", IP);
            } else {
              world.dns().lists("zen.example", IP, "127.0.0.2", "again");
            }
            world.run().expectExit(0);
          });
      assertThat(events()).hasSize(4);

      world.dns().lists("zen.example", "203.0.113.8", "127.0.0.2", "another");
      world.run().expectExit(0);
      assertThat(summaries())
          .hasSize(5)
          .last()
          .asString()
          .contains("203.0.113.8")
          .doesNotContain(IP);
      world.set("HISTORY_DB_URL", "");
    }
  }

  @Test
  void targetsThatFailAreWarningsAndNothingElse() {
    world
        .set("METRICS_FILE", folder.resolve("none/dnsbl.prom").toString())
        .set("METRICS_PUSH_URL", "http://127.0.0.1:1")
        .set("NOTIFY_SLACK_URL", receiver.url("/hook-gone/canary-chat-token").toString())
        .set("NOTIFY_WEBHOOK_URL", "");
    world.set("NOTIFY_WEBHOOK_SECRET", "");
    receiver.answers(404, "no_service: canary-chat-token");

    Ended ended = world.run();

    ended.expectExit(0);
    assertThat(world.database().row(IP).blockingLists()).isEqualTo("zen.example");
    assertThat(world.jira().issues()).hasSize(1);
    assertThat(ended.events("metrics_failed"))
        .extracting(event -> event.getString("target"))
        .containsExactlyInAnyOrder(
            folder.resolve("none/dnsbl.prom").toString(), "http://127.0.0.1:1");
    JsonObject failed = ended.event("notification_failed");
    assertThat(failed.getString("target")).isEqualTo(receiver.url("").toString());
    assertThat(failed.getString("error_message"))
        .isEqualTo("answered HTTP 404: no_service: ***. Check the URL");
  }

  /** R39: all of them together, not each. */
  @Test
  void targetsThatHangDelayARunByTenSeconds() {
    try (RawServer silent = RawServer.start(_ -> {})) {
      String url = "http://127.0.0.1:" + silent.port();
      world
          .set("METRICS_PUSH_URL", url)
          .set("NOTIFY_WEBHOOK_URL", url + "/hook")
          .set("NOTIFY_SLACK_URL", url + "/chat")
          .set("NOTIFY_MAIL_TO", "ops@example.com")
          .set("NOTIFY_MAIL_FROM", "dnsbl@example.com")
          .set("SMTP_URL", "smtp://127.0.0.1:" + silent.port());

      Ended ended = world.run();

      ended.expectExit(0);
      assertThat(
              Duration.between(
                  time(ended.events("zone_health").getLast()), time(ended.event("job_summary"))))
          .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(19));
      assertThat(ended.events("notification_failed")).hasSize(3);
      assertThat(ended.event("metrics_failed").getString("error_message"))
          .isEqualTo("no answer within 10 s");
      assertThat(file()).as("another target").exists();
    }
  }

  private static Instant time(JsonObject event) {
    return Instant.parse(event.getString("timestamp"));
  }

  /** Within the thirty seconds that Kubernetes gives. */
  @Test
  void aRunThatIsTerminatedEndsInTimeAlthoughATargetHangs() {
    world.set("DNS_TIMEOUT", "60").dns().zone("dead.example").silent();
    try (RawServer silent = RawServer.start(_ -> {})) {
      world.set("METRICS_PUSH_URL", "http://127.0.0.1:" + silent.port());
      MonitorProcess run = world.process();
      Await.until("the run asks", () -> world.dns().questions("dead.example") > 0);

      Ended ended = run.terminated();

      assertThat(ended.event("metrics_failed").getString("error_message"))
          .isEqualTo("no answer within 5 s");
    }
  }
}
