package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.FakeJira;
import dnsblmonitor.testing.PageClient;
import dnsblmonitor.testing.ServeProcess;
import dnsblmonitor.testing.ServeProcess.Answer;
import dnsblmonitor.testing.ServeProcess.Caller;
import dnsblmonitor.testing.SharedServer;
import dnsblmonitor.testing.SharedServerExtension;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestHistory;
import dnsblmonitor.testing.World;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R37: the pages of a server with a history, by what it answers to each role and to nobody. */
@ExtendWith(SharedServerExtension.class)
class ServeHistoryPageIT {

  private static World world;
  private static TestHistory history;
  private static ServeProcess server;
  private static PageClient admin;

  /** A real run and a dry one; an earlier listing; a row that somebody edited. */
  @BeforeAll
  static void runTwice(SharedServer shared) {
    world = shared.world("zen.example,bl.example,allow.example*-1");
    history = TestHistory.create(world.database());
    world.set("HISTORY_DB_URL", history.url());
    server = shared.process();
    for (int i = 5; i <= 8; i++) {
      world.database().insert("203.0.113." + i, 50);
    }
    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");
    world.dns().lists("allow.example", "203.0.113.6", "127.0.0.2");
    world.runWith("{}");
    world.runWith("{\"dryRun\": \"true\"}");
    history.execute(
        """
        insert into listings (address, zone, first_seen, last_seen, ended_at, end_reason, counts_as,
          weight, return_codes, reason)
        values ('203.0.113.7', 'gone.example', timestamp '2026-01-02 10:00:00',
          timestamp '2026-01-03 10:00:00', timestamp '2026-01-03 10:15:00', 'not_monitored',
          'counted', 1, '127.0.0.4', '<i>old</i>')
        """);
    world
        .database()
        .execute(
            "update ip_addresses set priority = 40, \"oldPriority\" = 50, \"blockingLists\" = 'bl.example' where ipv4 = '203.0.113.8'");
    admin = loggedIn(Caller.ADMIN);
  }

  @AfterAll
  static void endWorld() {
    history.close();
    world.close();
  }

  @ParameterizedTest
  @CsvSource({"admin, true", "submitter, true", "monitor, false"})
  void everyRoleSeesWhatIsListedSinceWhen(String name, boolean form) {
    String page = loggedIn(caller(name)).get("/").body();

    assertThat(page)
        .contains("<title>2 listed - ", "The last complete run ended just now")
        .contains(
            "<a href=\"/addresses/203.0.113.7\">203.0.113.7</a>",
            "<a href=\"/blocklists/zen.example\">zen.example</a>",
            world.jira().uri() + "/browse/OPS-1",
            "priority 40 set by hand; not recorded by a run")
        .contains("newly listed</th><td class=\"number\">1</td>", "50 → 0", "manual, dry run")
        .doesNotContain("203.0.113.6</a>", "id=\"no-history\"");
    assertThat(page.contains("action=\"/runs\"")).isEqualTo(form);
  }

  @Test
  void anAddressHasAPageWithItsPast() {
    assertThat(admin.get("/addresses/203.0.113.7").body())
        .contains("role=\"img\"", "&lt;i&gt;old&lt;/i&gt;", "no longer monitored", "still listed")
        .contains("0 (was 50; restored after delisting)", "now listed by zen.example");
    assertThat(admin.get("/addresses/203.0.113.5").body())
        .contains("No blocklist lists it.", "No listing is recorded.");
    assertThat(admin.get("/addresses/203.0.113.6").body())
        .as("an allowlist is not under what lists it now, and in the table")
        .contains("No blocklist lists it.", "<td data-label=\"Counted as\">allowlist</td>");
    assertThat(admin.get("/addresses/203.0.113.7?before=999999").body())
        .as("earlier listings have no timeline, which would contradict them")
        .contains("&lt;i&gt;old&lt;/i&gt;", "still listed")
        .doesNotContain("role=\"img\"");
  }

  @Test
  void rowsOfTheTableAreFilteredAndTheListedOnesComeFirst() {
    String all = admin.get("/addresses").body();
    assertThat(all.indexOf(">203.0.113.7<")).isPositive().isLessThan(all.indexOf(">203.0.113.5<"));

    assertThat(admin.get("/addresses?state=set-by-hand").body())
        .contains(">203.0.113.8<", "40, set by hand")
        .doesNotContain(">203.0.113.7<", ">203.0.113.5<");
    assertThat(admin.get("/addresses?state=clean").body())
        .contains(">203.0.113.5<")
        .doesNotContain(">203.0.113.7<");
    assertThat(admin.get("/addresses?blocklist=zen.example&pool=").body())
        .contains(">203.0.113.7<")
        .doesNotContain(">203.0.113.8<");
    assertThat(admin.get("/addresses?address=203.0.113.5").body())
        .contains(">203.0.113.5<")
        .doesNotContain(">203.0.113.7<");
  }

  @Test
  void aBlocklistHasAPageWithItsHealth() {
    assertThat(admin.get("/blocklists").body())
        .contains(
            "<a href=\"/blocklists/allow.example\">allow.example</a><small>allowlist</small>",
            "100 %");
    assertThat(admin.get("/blocklists/zen.example").body())
        .contains("<dt>Runs in 30 days</dt><dd>", ">203.0.113.7<", "Health by day");
    assertThat(admin.get("/blocklists/gone.example").body())
        .contains("no longer in DNSBL_ZONES", "&lt;i&gt;old&lt;/i&gt;");
    assertThat(admin.get("/blocklists/ZEN.example").body())
        .contains("<h1>zen.example</h1>", ">203.0.113.7<");
  }

  @Test
  void aMassListingThatIsHeldBackDoesNotDisplaceWhatCounts() {
    history.execute(
        """
        insert into listings (address, zone, is_open, first_seen, last_seen, counts_as, weight,
          return_codes)
        select '198.51.100.' || n % 250, 'mass' || n / 250 || '.example', 1,
          timestamp '2026-01-02 10:00:00', timestamp '2026-01-02 10:00:00', 'held_back', 1,
          '127.0.0.2'
        from generate_series(0, 1099) as n
        """);
    try {
      assertThat(admin.get("/").body())
          .contains("<title>2 listed - ", ">203.0.113.7</a>", "Only 200 listings are shown")
          .contains("<a href=\"/blocklists/mass0.example\">mass0.example</a> (250)");
      String first = admin.get("/blocklists/mass0.example").body();
      assertThat(first).contains(">198.51.100.50</a>", "More that are listed now");
      Matcher next =
          Pattern.compile("/blocklists/mass0.example\\?listed-before&#x3D;\\d+").matcher(first);
      assertThat(next.find()).isTrue();
      assertThat(admin.get(next.group().replace("&#x3D;", "=")).body())
          .contains(">198.51.100.49</a>", ">198.51.100.0</a>")
          .doesNotContain("More that are listed now");
    } finally {
      history.execute("delete from listings where zone like 'mass%'");
    }
  }

  @Test
  void runsAreTold() {
    assertThat(admin.get("/runs?kind=dry-run").body())
        .contains("manual, dry run")
        .doesNotContain("data-label=\"Kind\">manual</td>");
    assertThat(admin.get("/runs").body()).contains("<td data-label=\"Kind\">manual</td>");
    assertThat(admin.get("/runs?outcome=failed&kind=").body()).contains("No matching runs.");
    assertThat(admin.get("/runs/1").body())
        .contains("<h1>Run 1</h1>", "<dt>Newly listed</dt><dd>1</dd>", "50 → 0")
        .contains("<a href=\"/blocklists/bl.example\">bl.example</a>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /addresses/192.0.2.99        | 404 | is neither in Postal&#39;s table nor in the history
          /addresses/nonsense          | 400 | is not an IPv4 address such as 192.0.2.1
          /addresses/192.0.2.1?before=x | 404 | Look for it under Addresses
          /addresses?pool=x            | 400 | is not a number. Correct &#39;pool&#39;
          /addresses?state=x           | 400 | Use one of: listed, clean, set-by-hand
          /addresses?address=%3Cb%3E   | 400 | “&lt;b&gt;” is not an IPv4 address
          /blocklists/no.example       | 404 | is neither in DNSBL_ZONES nor in the history
          /blocklists/zen.example?before=-1 | 400 | is not a number
          /runs/999999                 | 404 | It may be older than HISTORY_RETENTION
          /runs/x%27%20or%201=1        | 404 | The history has no run
          /runs?outcome=x              | 400 | Use one of: succeeded, failed, stopped, skipped
          /runs?before=99999999999999999999 | 400 | is not a number
          """)
  void whatCannotBeShownIsSaid(String path, int status, String sentence) {
    Answer answer = admin.get(path);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).contains(sentence, "<h1>").doesNotContain("<b>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/addresses",
        "/addresses/203.0.113.7",
        "/blocklists",
        "/blocklists/zen.example",
        "/runs",
        "/runs/1"
      })
  void nobodySeesAnythingButTheLogin(String path) {
    Answer answer = server.page().get(path);

    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.location()).endsWith("/login");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/addresses",
        "/addresses/203.0.113.7",
        "/blocklists",
        "/blocklists/zen.example",
        "/runs",
        "/runs/1"
      })
  void everyPageIsForTheMonitorKeptNowhereAndWithoutSecrets(String path) {
    Answer answer = loggedIn(Caller.MONITOR).get(path);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().get("cache-control")).containsExactly("no-store");
    assertThat(answer.headers().get("content-security-policy"))
        .singleElement()
        .asString()
        .contains("default-src 'none'");
    assertThat(answer.headers()).doesNotContainKey("refresh");
    assertThat(answer.body())
        .contains("deployment postal", "postgresql://")
        .doesNotContain(TestDatabase.PASSWORD, FakeJira.TOKEN, "style=", "<script");
  }

  @Test
  void onlyTheFormStartsARun() {
    PageClient monitor = loggedIn(Caller.MONITOR);

    assertThat(post(monitor, "/runs").status()).isEqualTo(403);
    assertThat(post(admin, "/runs/1").status()).isEqualTo(405);
    assertThat(post(admin, "/addresses").status()).isEqualTo(405);
  }

  private static Answer post(PageClient client, String path) {
    return client.post(path, Map.of("mode", List.of("dry"), "token", List.of(client.token())));
  }

  @Test
  void whileARunIsUnderWayThePageReloadsItself() {
    world.dns().zone("bl.example").silent();
    try {
      String location = post(admin, "/runs").location();

      Answer underWay = admin.get(location);
      assertThat(underWay.headers().get("refresh")).containsExactly("5; url=/");
      assertThat(underWay.body()).contains("This page reloads every 5 seconds", "Stop reloading");
      assertThat(admin.get("/?reload=no").headers()).doesNotContainKey("refresh");

      Await.until("the run has ended", () -> !admin.get(location).headers().containsKey("refresh"));
    } finally {
      world.dns().zone("bl.example").behaves();
    }
  }

  @Test
  void aHistoryThatCannotBeReadLeavesTheRunsOfThisServer() {
    history.execute("update flyway_schema_history set version = '2' where version = '1'");
    try {
      assertThat(admin.get("/").body())
          .contains("made by a newer version of the monitor", "Below are the runs of this server")
          .contains("id=\"last-heading\"");
      assertThat(admin.get("/runs").status()).isEqualTo(503);
      assertThat(admin.get("/runs").body()).contains("made by a newer version of the monitor");
    } finally {
      history.execute("update flyway_schema_history set version = '1' where version = '2'");
    }
  }

  @Test
  void withoutAHistoryItsPagesSayWhatToSet() {
    world.set("HISTORY_DB_URL", "");
    try {
      assertThat(admin.get("/").body()).contains("set <code>HISTORY_DB_URL</code>");
      assertThat(admin.get("/addresses").status()).isEqualTo(404);
      assertThat(admin.get("/addresses").body()).contains("Set HISTORY_DB_URL to keep one");
      assertThat(admin.get("/runs").location()).endsWith("/");
    } finally {
      world.set("HISTORY_DB_URL", history.url());
    }
  }

  private static PageClient loggedIn(Caller caller) {
    PageClient client = server.page();
    client.logIn(caller);
    assertThat(client.get("/").status()).isEqualTo(200);
    return client;
  }

  private static Caller caller(String name) {
    return Caller.ALL.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }
}
