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
import dnsblmonitor.testing.World;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R5d: the page for people, by what the server answers to each role and to nobody. */
@ExtendWith(SharedServerExtension.class)
class ServePageIT {

  private static final String KEY = "abcdefghij0123456789";

  private static World world;
  private static ServeProcess server;
  private static PageClient admin;

  @BeforeAll
  static void runOnce(SharedServer shared) {
    world = shared.world("zen.example,%s.bl.example".formatted(KEY));
    server = shared.process();
    world.database().insert("203.0.113.6", 50);
    world.database().insert("203.0.113.7", 80);
    for (int i = 1; i <= 100; i++) {
      world.database().insert("198.51.100." + i, 50);
    }
    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");
    admin = loggedIn(Caller.ADMIN);
    awaitOutcome(asked(admin, Map.of("mode", List.of("run"))), "succeeded");
  }

  @AfterAll
  static void endWorld() {
    world.close();
  }

  @Test
  void thePageShowsTheRunTheTableAndTheTicket() {
    String page = admin.get("/?show=listed").body();

    assertThat(page)
        .contains("<title>1 listed - ", "new block from list(s) zen.example", "80 → 0")
        .contains("0 (was 80; restored after delisting)", world.jira().uri() + "/browse/OPS-1")
        .contains(
            "<span class=\"word listed\">listed</span>", "<span class=\"word clean\">clean</span>")
        .contains("<span class=\"word healthy\">healthy</span>")
        .contains("<dt>Addresses</dt><dd>102</dd>");
  }

  @Test
  void rowsComeInPagesAndAnAddressIsFound() {
    String first = admin.get("/").body();
    assertThat(first).contains("203.0.113.6", "198.51.100.98").doesNotContain("198.51.100.99");
    assertThat(first).contains("<a rel=\"next\" href=\"/?after&#x3D;100#addresses\">");

    String second = admin.get("/?after=100").body();
    assertThat(second).contains("198.51.100.100").doesNotContain("rel=\"next\"", "198.51.100.98");

    assertThat(admin.get("/?address=203.0.113.7").body())
        .contains("0 (was 80; restored after delisting)")
        .doesNotContain("198.51.100");
    assertThat(admin.get("/?address=192.0.2.1").body()).contains("No matching rows");
    assertThat(admin.get("/?address=nonsense").body()).contains("is not an IPv4 address");
  }

  @Test
  void thePageKnowsTheSettingsThatTheNextRunWillSee() {
    String zones = world.environment().getOrDefault("DNSBL_ZONES", "");
    try {
      world.set("DNSBL_ZONES", zones + ",new.example");
      assertThat(admin.get("/").body()).contains("new.example");

      world.set("DNSBL_ZONES", "not a zone");
      assertThat(admin.get("/").body()).as("what could be used last").contains("new.example");
    } finally {
      world.set("DNSBL_ZONES", zones);
    }
    assertThat(admin.get("/").body()).doesNotContain("new.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/runs", "/nosuch", "/?address=203.0.113.7"})
  void nobodySeesAnythingButTheLogin(String path) {
    Answer answer = server.page().get(path);

    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.location()).startsWith("https://").endsWith("/login");
  }

  @Test
  void aWrongPasswordLeadsBackToTheLogin() {
    PageClient somebody = server.page();
    Answer answer = somebody.logIn(new Caller("admin", "wrong"));

    assertThat(answer.location()).endsWith("/login/failed");
    assertThat(somebody.get("/login/failed").body()).contains("Wrong user or password");
    assertThat(somebody.get("/").status()).isEqualTo(302);
  }

  @ParameterizedTest
  @CsvSource({"admin, true", "submitter, true", "monitor, false"})
  void everyRoleSeesThePageAndThoseWhoStartRunsTheForm(String name, boolean form) {
    PageClient somebody = loggedIn(caller(name));
    String page = somebody.get("/").body();

    assertThat(page).contains("203.0.113.7", "1 listed");
    assertThat(page.contains("action=\"/runs\"")).isEqualTo(form);
  }

  @Test
  void aMonitorStartsNoRunEvenWithAFormOfItsOwn() {
    PageClient monitor = loggedIn(Caller.MONITOR);
    int before = runs();

    Answer answer = monitor.post("/runs", withToken(monitor, Map.of("mode", List.of("run"))));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(runs()).isEqualTo(before);
  }

  @Test
  void aFormThatIsNotOfThePageStartsNoRun() {
    int before = runs();
    String ofAnother = loggedIn(Caller.SUBMITTER).token();

    for (Map<String, List<String>> form :
        List.of(
            Map.of("mode", List.of("run")),
            Map.of("mode", List.of("run"), "token", List.of("")),
            Map.of("mode", List.of("run"), "token", List.of(ofAnother)),
            Map.of("token", List.of(admin.token())))) {
      Answer answer = admin.post("/runs", form);

      assertThat(answer.status()).as("%s", form.keySet()).isEqualTo(403);
      assertThat(answer.body()).contains("The run was not started");
    }
    assertThat(runs()).isEqualTo(before);
  }

  /** R29a: told before anything is started; what was typed stays. */
  @Test
  void whatCannotBeAskedForIsToldAtOnce() {
    int before = runs();
    Answer answer =
        admin.post(
            "/runs",
            withToken(
                admin,
                Map.of(
                    "mode", List.of("dry"),
                    "ips", List.of("203.0.113.7, <b>"),
                    "zones", List.of("zen.example", "no.example"))));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body())
        .contains("&lt;b&gt;&#39; is not an IPv4 address", "no.example&#39; is not in DNSBL_ZONES")
        .contains("value=\"203.0.113.7, &lt;b&gt;\"", "value=\"zen.example\" checked")
        .doesNotContain("<b>");
    assertThat(runs()).isEqualTo(before);
  }

  /** An address that no row has is known only to the run. */
  @Test
  void aRunThatFailsIsAmongTheLastOnesWithItsReason() {
    int number = asked(admin, Map.of("mode", List.of("dry"), "ips", List.of("192.0.2.77")));

    awaitOutcome(number, "failed");
    assertThat(admin.get("/").body())
        .contains("ip_addresses has no row for 192.0.2.77", "id=\"failed-run\"")
        .contains("<dt>Addresses</dt><dd>102</dd>");

    awaitOutcome(asked(admin, Map.of("mode", List.of("dry"))), "succeeded");
    assertThat(admin.get("/").body()).doesNotContain("id=\"failed-run\"");
  }

  /** B8 of the review: a manual run over one address took the picture of all others away. */
  @Test
  void aDryRunAndARunOverOneAddressLeaveThePictureOfTheLastFullRun() {
    awaitOutcome(asked(admin, Map.of("mode", List.of("dry"))), "succeeded");
    int part =
        asked(
            admin,
            Map.of(
                "mode", List.of("run"),
                "ips", List.of("203.0.113.6"),
                "zones", List.of("zen.example")));
    awaitOutcome(part, "succeeded");

    assertThat(admin.get("/?address=203.0.113.7").body())
        .contains(
            "<title>1 listed - ", "<dt>Addresses</dt><dd>102</dd>", "UTC: all addresses and lists.")
        .contains("checked again since, most recently by run " + part)
        .contains("1 checked, 0 listed, 0 changed", "102 checked, 1 listed, 0 would change")
        .contains("<span class=\"word listed\">listed</span>")
        .doesNotContain("<span class=\"word none\">none</span>", "not queried");
  }

  @Test
  void thePageIsNotKeptNotFramedAndRunsNoScript() {
    Map<String, List<String>> headers = admin.get("/").headers();

    assertThat(headers.get("cache-control")).containsExactly("no-store");
    assertThat(headers.get("content-security-policy"))
        .singleElement()
        .asString()
        .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'");
    assertThat(headers.get("x-content-type-options")).containsExactly("nosniff");
    assertThat(admin.get("/style.css").status()).isEqualTo(200);
    assertThat(admin.get("/nosuch").body()).contains("Page not found").doesNotContain("SRVE");
  }

  @Test
  void whoLogsOutIsOutAlsoWithTheCookieOfBefore() {
    PageClient somebody = loggedIn(Caller.SUBMITTER);
    PageClient thief = somebody.withTheSameCookies();
    assertThat(thief.get("/").status()).isEqualTo(200);

    assertThat(somebody.post("/logout", withToken(somebody, Map.of())).status()).isEqualTo(303);

    assertThat(somebody.get("/").status()).isEqualTo(302);
    assertThat(thief.get("/").status()).isEqualTo(302);
    assertThat(somebody.post("/logout", Map.of()).location()).isEqualTo("/");
  }

  @Test
  void theLoginsCookieGoesToNoOtherSiteAndNoScript() {
    Answer answer = server.page().logIn(Caller.MONITOR);

    assertThat(answer.headers().get("set-cookie"))
        .anySatisfy(cookie ->
            assertThat(cookie)
                .startsWith("LtpaToken2=")
                .contains("Secure", "HttpOnly", "SameSite=Strict"));
  }

  @Test
  void noSecretIsOnThePage() {
    assertThat(admin.get("/").body())
        .contains("bl.example")
        .doesNotContain(KEY, TestDatabase.PASSWORD, FakeJira.TOKEN, Caller.ADMIN.password());
  }

  private static PageClient loggedIn(Caller caller) {
    PageClient client = server.page();
    Answer answer = client.logIn(caller);
    assertThat(answer.location()).as("where the login leads").endsWith("/");
    if (answer.status() != 302 || client.get("/").status() != 200) {
      throw new AssertionError(answer);
    }
    return client;
  }

  private static Caller caller(String name) {
    return Caller.ALL.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  private static Map<String, List<String>> withToken(
      PageClient client, Map<String, List<String>> fields) {
    Map<String, List<String>> form = new TreeMap<>(fields);
    form.put("token", List.of(client.token()));
    return form;
  }

  /** Fills in the form and returns the number of the run. */
  private static int asked(PageClient client, Map<String, List<String>> fields) {
    Answer answer = client.post("/runs", withToken(client, fields));
    assertThat(answer.status()).as(answer.body()).isEqualTo(303);
    String location = answer.location();
    assertThat(client.get(location).body()).contains(" started. Refresh to see its progress.");
    return Integer.parseInt(location.substring(location.indexOf('=') + 1));
  }

  private static void awaitOutcome(int run, String outcome) {
    Pattern row =
        Pattern.compile(
            "<tr id=\"run-\\d+\"><th scope=\"row\">%d<small>.*class=\"word %s\""
                .formatted(run, outcome));
    Await.until(
        "run %d is %s".formatted(run, outcome), () -> row.matcher(admin.get("/").body()).find());
  }

  /** The number of the latest run: the list has the latest first. */
  private static int runs() {
    return server
        .get(Caller.MONITOR, "/ibm/api/batch/jobinstances?pageSize=1")
        .jsonArray()
        .getJsonObject(0)
        .getInt("instanceId");
  }
}
