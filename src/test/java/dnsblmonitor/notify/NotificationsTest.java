package dnsblmonitor.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dnsblmonitor.delivery.Delivery;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.Redaction;
import dnsblmonitor.domain.RowValues;
import dnsblmonitor.domain.Secret;
import dnsblmonitor.history.Condition;
import dnsblmonitor.history.Condition.Kind;
import dnsblmonitor.history.Records;
import dnsblmonitor.history.RunNews;
import dnsblmonitor.history.RunRecord;
import dnsblmonitor.testing.FakeReceiver;
import dnsblmonitor.testing.NotificationSchema;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.URI;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a run has to say (R39), as a chat and a receiver of CloudEvents get it. */
class NotificationsTest {

  private static final String AT = "2026-11-30T10:00:00Z";
  private static final String ZONES = "bl.example,zen.example";
  private static final RunNews NO_NEWS = new RunNews(Set.of(), List.of(), List.of());

  private final FakeReceiver receiver = FakeReceiver.start();
  private Set<Topic> topics = Targets.ALL;
  private Redaction redaction = Redaction.NONE;

  @AfterEach
  void endReceiver() {
    receiver.close();
  }

  private static Records run() {
    return Records.at(AT, ZONES).id("run-1");
  }

  /** A table in which an address is listed by one zone. */
  private static Map<String, RowValues> table(String address, String zone) {
    Map<String, RowValues> table = new HashMap<>();
    table.put(address, new RowValues(0, 80, zone, "new block from list(s) " + zone));
    return table;
  }

  private static RunNews started(Condition... conditions) {
    return new RunNews(Set.of(), List.of(conditions), List.of());
  }

  private static RunNews ended(Condition... conditions) {
    return new RunNews(Set.of(), List.of(), List.of(conditions));
  }

  private List<Delivery> deliveries(RunRecord run, Optional<RunNews> news) {
    NotifySettings chat = Targets.chat(receiver.url("/"));
    NotifySettings settings =
        new NotifySettings(
            "mx-1",
            topics,
            Optional.of(
                new NotifySettings.Webhook(Targets.endpoint(receiver.url("/")), Optional.empty())),
            chat.chat(),
            Optional.empty());
    return new Notifications(settings, redaction).deliveries(run, news);
  }

  /** The text that the chat gets. */
  private String text(Records run, RunNews news) {
    deliver(deliveries(run.record(), Optional.of(news)).get(1));
    return json(receiver.requests().getLast().body()).getString("text");
  }

  private String firstLine(Records run, RunNews news) {
    return text(run, news).lines().findFirst().orElseThrow();
  }

  /** The data that the receiver of CloudEvents gets. */
  private JsonObject data(Records run, RunNews news) {
    deliver(deliveries(run.record(), Optional.of(news)).getFirst());
    return NotificationSchema.event(receiver.requests().getLast().body()).getJsonObject("data");
  }

  private static void deliver(Delivery delivery) {
    try {
      delivery.attempt();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static JsonObject json(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  @Test
  void aListedAddressIsReportedWithEverythingThatHelps() {
    Records run = run().row("203.0.113.7", "NL").ticket("203.0.113.7", "OPS-17");

    assertThat(text(run, NO_NEWS))
        .isEqualTo(
            """
            Request delisting: 203.0.113.7 is newly listed
            Deployment: mx-1

            - 203.0.113.7: new block from list(s) zen.example; priority was 80, is now 0; OPS-17 https://jira.example.com/browse/OPS-17

            Run: run-1\
            """);
    assertThat(data(run, NO_NEWS).getJsonArray("listed"))
        .singleElement()
        .hasToString(
            "{\"address\":\"203.0.113.7\",\"event\":\"new block from list(s) zen.example\",\"blocklists\":[\"zen.example\"],\"priority_before\":80,\"priority_after\":0,\"ticket\":{\"key\":\"OPS-17\",\"url\":\"https://jira.example.com/browse/OPS-17\"}}");
  }

  @Test
  void otherListsAreAReasonToUpdateTheRequest() {
    Records run = run().row(table("203.0.113.7", "zen.example"), "203.0.113.7", "LL");

    assertThat(text(run, NO_NEWS))
        .startsWith(
            "Check the delisting request: the blocklists that list 203.0.113.7 have changed\nDeployment: mx-1\n")
        .contains(
            "- 203.0.113.7: blocking list change: bl.example,zen.example; priority was 0, is now 0\n");
    assertThat(data(run, NO_NEWS).getJsonArray("changed")).hasSize(1);
  }

  @Test
  void aRestoredAddressNeedsNothing() {
    Records run = run().row(table("203.0.113.7", "zen.example"), "203.0.113.7", "NN");

    assertThat(text(run, NO_NEWS))
        .startsWith("Nothing to do: 203.0.113.7 is no longer listed\n")
        .contains("- 203.0.113.7: block removed; priority was 0, is now 80\n");
    assertThat(data(run, NO_NEWS).getJsonArray("restored")).hasSize(1);
  }

  /** The words of a row can be older or a person's. */
  @Test
  void theListsAreNamedIfTheEventDoesNot() {
    Item row =
        new Item.ChangedRow(
            Topic.CHANGED,
            "203.0.113.7",
            "edited",
            List.of("bl.example", "zen.example"),
            0,
            0,
            Optional.empty());

    assertThat(row.line())
        .isEqualTo(
            "203.0.113.7: edited; listed by bl.example, zen.example; priority was 0, is now 0");
  }

  @Test
  void aFailedRunIsMoreUrgentThanAllElse() {
    Records run =
        run().row("203.0.113.7", "NL").failed("JiraUnreachable", "Jira does not answer.\nCheck it");

    assertThat(text(run, NO_NEWS))
        .startsWith("Fix the monitor: its run failed\n")
        .containsSubsequence(
            "- The run failed: Jira does not answer. Check it\n", "- 203.0.113.7: new block");
    assertThat(data(run, NO_NEWS).getJsonObject("run_failed"))
        .hasToString(
            "{\"message\":\"Jira does not answer. Check it\",\"error_type\":\"JiraUnreachable\",\"exit_code\":1}");
  }

  /** A stop does not undo its changes. */
  @Test
  void aStoppedRunReportsItsChangesAndNoFailure() {
    Records run = run().row("203.0.113.7", "NL").ended(143, "stopped");

    assertThat(firstLine(run, NO_NEWS)).startsWith("Request delisting");
    assertThat(data(run, NO_NEWS).isNull("run_failed")).isTrue();
  }

  @Test
  void whatToDoComesFirst() {
    Condition broken = new Condition(Kind.LIST_BROKEN, "bl.example", "bl.example is broken");
    Condition mass = new Condition(Kind.MASS_LISTING, "zen.example", "zen.example lists all");
    Condition pool = new Condition(Kind.POOL_EXHAUSTED, "3", "every address of pool 3 is listed");
    Condition malfunction = new Condition(Kind.MALFUNCTION, "", "60% gave no usable answer");

    assertThat(firstLine(run(), started(broken)))
        .isEqualTo("Check the blocklist bl.example: it gives no usable answer");
    assertThat(firstLine(run(), started(broken, malfunction)))
        .isEqualTo("Check the DNS resolvers: too many blocklists give no usable answer");
    assertThat(firstLine(run(), started(broken, malfunction, mass)))
        .isEqualTo("Check the blocklist zen.example: it lists many addresses at once");
    assertThat(firstLine(run(), started(broken, malfunction, mass, pool)))
        .isEqualTo("Add an address to pool 3: all its addresses are listed");
    assertThat(firstLine(run().row("203.0.113.7", "NL"), started(broken, malfunction, mass, pool)))
        .isEqualTo("Request delisting: 203.0.113.7 is newly listed");
    assertThat(firstLine(run(), ended(broken))).isEqualTo("Nothing to do: a problem has ended");
    assertThat(
            firstLine(
                run().row(table("203.0.113.7", "bl.example"), "203.0.113.7", "NN"), ended(broken)))
        .isEqualTo("Nothing to do: 203.0.113.7 is no longer listed");
  }

  @Test
  void severalAreCounted() {
    Condition bl = new Condition(Kind.LIST_BROKEN, "bl.example", "bl.example is broken");
    Condition zen = new Condition(Kind.LIST_BROKEN, "zen.example", "zen.example is broken");
    Condition one = new Condition(Kind.POOL_EXHAUSTED, "1", "every address of pool 1 is listed");
    Condition two = new Condition(Kind.POOL_EXHAUSTED, "2", "every address of pool 2 is listed");

    assertThat(firstLine(run().row("203.0.113.7", "NL").row("203.0.113.8", "LN"), NO_NEWS))
        .isEqualTo("Request delisting: 2 addresses are newly listed");
    assertThat(firstLine(run(), started(bl, zen)))
        .isEqualTo("Check 2 blocklists: they give no usable answer");
    assertThat(firstLine(run(), started(one, two)))
        .isEqualTo("Add addresses to 2 pools: all their addresses are listed");
    assertThat(firstLine(run(), ended(bl, zen))).isEqualTo("Nothing to do: 2 problems have ended");
  }

  @Test
  void aConditionIsReportedWhenItBeginsAndWhenItEnds() {
    Condition pool = new Condition(Kind.POOL_EXHAUSTED, "3", "every address of pool 3 is listed");
    Condition broken = new Condition(Kind.LIST_BROKEN, "bl.example", "bl.example is broken");
    RunNews news = new RunNews(Set.of(), List.of(pool), List.of(broken));

    assertThat(text(run(), news))
        .contains("- Started: every address of pool 3 is listed\n- Ended: bl.example is broken\n");
    assertThat(data(run(), news).getJsonArray("conditions"))
        .hasToString(
            "[{\"kind\":\"pool_exhausted\",\"state\":\"started\",\"subject\":\"3\",\"text\":\"every address of pool 3 is listed\"},{\"kind\":\"list_broken\",\"state\":\"ended\",\"subject\":\"bl.example\",\"text\":\"bl.example is broken\"}]");
  }

  /** Without a history, every run would report them again. */
  @Test
  void withoutAHistoryConditionsAreNotReported() {
    Records run = run().conditions(Kind.LIST_BROKEN, new Condition(Kind.LIST_BROKEN, "a", "b"));

    assertThat(deliveries(run.record(), Optional.empty())).isEmpty();
    assertThat(deliveries(run.row("203.0.113.7", "NL").record(), Optional.empty())).hasSize(2);
  }

  @Test
  void nothingNewIsNotReported() {
    RunRecord run = run().row("203.0.113.7", "NN").record();

    assertThat(deliveries(run, Optional.of(NO_NEWS))).isEmpty();
  }

  @Test
  void dryPartialAndSkippedRunsReportNothing() {
    assertThat(deliveries(run().row("203.0.113.7", "NL").dry().record(), Optional.of(NO_NEWS)))
        .isEmpty();
    assertThat(
            deliveries(
                run()
                    .about(Set.of(Ipv4Address.of("203.0.113.7")))
                    .row("203.0.113.7", "NL")
                    .record(),
                Optional.of(NO_NEWS)))
        .isEmpty();
    assertThat(deliveries(run().ended(0, "another run").record(), Optional.of(NO_NEWS))).isEmpty();
  }

  @Test
  void aMutedAddressIsLeftOut() {
    Records run = run().row("203.0.113.7", "NL").row("203.0.113.8", "NL");
    RunNews news = new RunNews(Set.of(Ipv4Address.of("203.0.113.7")), List.of(), List.of());

    assertThat(text(run, news)).contains("203.0.113.8").doesNotContain("203.0.113.7");
    assertThat(deliveries(run().row("203.0.113.7", "NL").record(), Optional.of(news))).isEmpty();
  }

  @Test
  void onlyChosenTopicsAreReported() {
    topics = EnumSet.of(Topic.RUN_FAILED);
    Condition broken = new Condition(Kind.LIST_BROKEN, "bl.example", "bl.example is broken");

    assertThat(deliveries(run().row("203.0.113.7", "NL").record(), Optional.of(started(broken))))
        .isEmpty();
    assertThat(
            text(
                run().row("203.0.113.7", "NL").failed("DatabaseError", "no database"),
                started(broken)))
        .contains("no database")
        .doesNotContain("203.0.113.7", "bl.example");
  }

  @Test
  void everyTopicCanBeChosenAlone() {
    Records run =
        run()
            .row("203.0.113.7", "NL")
            .row(table("203.0.113.8", "zen.example"), "203.0.113.8", "LL")
            .row(table("203.0.113.9", "zen.example"), "203.0.113.9", "NN")
            .failed("DatabaseError", "no database");
    RunNews news =
        started(
            new Condition(Kind.LIST_BROKEN, "bl.example", "broken"),
            new Condition(Kind.MASS_LISTING, "bl.example", "mass"),
            new Condition(Kind.POOL_EXHAUSTED, "3", "exhausted"),
            new Condition(Kind.MALFUNCTION, "", "malfunction"));

    for (Topic topic : Topic.values()) {
      topics = EnumSet.of(topic);
      assertThat(text(run, news).lines().filter(line -> line.startsWith("- ")))
          .as(topic.label())
          .hasSize(1);
    }
    topics = Targets.ALL;
    assertThat(text(run, news).lines().filter(line -> line.startsWith("- ")))
        .hasSize(Topic.values().length);
  }

  @Test
  void whatIsTooMuchForAChatIsCounted() {
    Records run = run();
    for (int i = 1; i <= 50; i++) {
      run.row("203.0.113." + i, "NL");
    }

    String text = text(run, NO_NEWS);

    assertThat(text.lines().filter(line -> line.startsWith("- "))).hasSize(ChatDelivery.MAX_ITEMS);
    assertThat(text).contains("\nand 30 more\n");
    assertThat(data(run, NO_NEWS).getJsonArray("listed")).hasSize(50);
    assertThat(data(run, NO_NEWS).getString("text")).contains("\nand 30 more\n");
  }

  @Test
  void theTextOfAChatIsNeverTooLongForIt() {
    Condition[] long20 = new Condition[20];
    for (int i = 0; i < long20.length; i++) {
      long20[i] = new Condition(Kind.LIST_BROKEN, "bl%d.example".formatted(i), "&".repeat(2_000));
    }

    String text = text(run(), started(long20));

    assertThat(text.replace("&amp;", "&"))
        .hasSizeLessThan(4_000)
        .contains("...\n", "\nand 14 more\n");
  }

  @Test
  void whatIsTooMuchForACloudEventIsCounted() {
    Records run = run();
    for (int i = 0; i < 1_200; i++) {
      run.row("198.18.%d.%d".formatted(i / 250, i % 250), "NL");
    }

    JsonObject data = data(run, NO_NEWS);

    assertThat(data.getJsonArray("listed")).hasSize(CloudEvent.MAX_ITEMS);
    assertThat(data.getInt("omitted")).isEqualTo(200);
  }

  @Test
  void noSecretIsInAnyText() {
    redaction = new Redaction(List.of(new Secret("canary/secret")));
    Condition condition =
        new Condition(Kind.LIST_BROKEN, "canary/secret.example", "x".repeat(495) + "canary/secret");
    Records run =
        run().row("203.0.113.7", "NL").failed("DatabaseError", "login canary%2Fsecret refused");

    String text = text(run, started(condition));
    String data = data(run, started(condition)).toString();

    assertThat(text).contains("login *** refused").doesNotContain("canary");
    assertThat(data).contains("login *** refused").doesNotContain("canary");
  }

  @Test
  void whatAChatWouldTakeForMarkupIsEscaped() {
    Records run = run().failed("DatabaseError", "<!channel> & <https://example.org|click>");

    deliver(deliveries(run.record(), Optional.of(NO_NEWS)).get(1));

    FakeReceiver.Request request = receiver.request();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.header("content-type")).isEqualTo("application/json");
    assertThat(json(request.body()).keySet()).containsExactly("text");
    assertThat(json(request.body()).getString("text"))
        .contains("The run failed: &lt;!channel&gt; &amp; &lt;https://example.org|click&gt;\n");
  }

  @Test
  void aTestIsMarkedInItsFirstLine() {
    NotifySettings settings = Targets.webhook(receiver.url("/"), Optional.empty());
    Instant now = Instant.parse(AT);

    deliver(new Notifications(settings, redaction).testDeliveries("id-1", now).getFirst());

    JsonObject event = NotificationSchema.event(receiver.request().body());
    assertThat(event.getString("id")).isEqualTo("id-1");
    assertThat(event.getJsonObject("data").getBoolean("test")).isTrue();
    assertThat(event.getJsonObject("data").getString("text"))
        .isEqualTo(
            """
            This is a test: nothing to do
            Deployment: mx-1

            Notifications of the monitor reach this target.

            Run: id-1
            """);
  }

  @Test
  void theSecretsOfTheSettingsAreKnown() {
    NotifySettings settings =
        new NotifySettings(
            "mx-1",
            topics,
            Optional.of(
                new NotifySettings.Webhook(
                    Targets.endpoint(
                        URI.create("https://hooks.example.com/in?sig=canary-signature-1")),
                    Optional.of(new Secret("whsec_Y2FuYXJ5LWtleQ==")))),
            Optional.of(
                Targets.endpoint(URI.create("https://chat.example.com/hooks/canary-token-00001"))),
            Optional.of(
                new NotifySettings.Mail(
                    "smtp.example.com",
                    465,
                    true,
                    false,
                    Optional.of(new NotifySettings.Login("monitor", new Secret("canary-pw"))),
                    Optional.empty(),
                    "monitor@example.com",
                    List.of("ops@example.com"))));
    Redaction known = new Redaction(settings.secrets());

    assertThat(known.of("POST https://hooks.example.com/in?sig=canary-signature-1: 404"))
        .isEqualTo("POST ***: 404");
    assertThat(known.of("/in?sig=canary-signature-1")).isEqualTo("/in?sig=***");
    assertThat(known.of("no such hook: canary-token-00001")).isEqualTo("no such hook: ***");
    assertThat(known.of("key Y2FuYXJ5LWtleQ==, password canary-pw, user monitor"))
        .isEqualTo("key ***, password ***, user monitor");
    assertThat(settings.toString()).contains("***").doesNotContain("canary-pw", "Y2FuYXJ5");
  }

  @Test
  void aKeyThatCannotBeDecodedIsRefusedWithoutQuotingIt() {
    assertThatThrownBy(() -> Targets.webhook(receiver.url("/"), Optional.of("whsec_!canary!")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not Base64")
        .hasNoCause()
        .message()
        .doesNotContain("canary", "!");
  }
}
