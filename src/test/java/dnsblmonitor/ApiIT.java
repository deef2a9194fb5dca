package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import dnsblmonitor.testing.FakeJiraFault;
import dnsblmonitor.testing.PageClient;
import dnsblmonitor.testing.ServeProcess.Answer;
import dnsblmonitor.testing.ServeProcess.Caller;
import dnsblmonitor.testing.SharedServer;
import dnsblmonitor.testing.SharedServerExtension;
import dnsblmonitor.testing.TestHistory;
import dnsblmonitor.testing.World;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** R37: the JSON API is as its OpenAPI document says, for each role, and for nobody else. */
@ExtendWith(SharedServerExtension.class)
class ApiIT {

  private static final String API = "/api/v1";

  /** A request for each operation of the document. */
  private static final List<String> RESOURCES =
      List.of(
          "/addresses",
          "/addresses/203.0.113.7",
          "/listings",
          "/changes",
          "/runs",
          "/runs/%d",
          "/zones",
          "/zones/zen.example");

  private final SharedServer server;
  private final World world;
  private final TestHistory history;

  ApiIT(SharedServer server) {
    this.server = server;
    world = server.world("zen.example,dead.example");
    history = TestHistory.create(world.database());
  }

  @BeforeEach
  void twoRuns() {
    world.set("HISTORY_DB_URL", history.url());
    world.database().insert("203.0.113.7", 80, 3);
    world.database().insert("203.0.113.8", 60);
    world.database().insert("not an address", 60);
    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2", "sent to a <trap>");
    world.dns().lists("zen.example", "203.0.113.8", "127.0.0.4");
    world.run().expectExit(0);
    world.dns().unlist("zen.example", "203.0.113.8");
    world.jira().fail("GET", ".*/myself", FakeJiraFault.status(401).times(9));
    world.run().expectExit(1);
  }

  @AfterEach
  void endWorld() {
    history.close();
    world.close();
  }

  private Answer get(String path) {
    return server.process().get(Caller.MONITOR, API + path);
  }

  private JsonObject json(String path) {
    Answer answer = get(path);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer.json();
  }

  private List<JsonObject> items(String path) {
    return json(path).getJsonArray("items").getValuesAs(JsonObject.class);
  }

  private long latestRun() {
    return items("/runs").getFirst().getJsonNumber("id").longValue();
  }

  @Test
  void eachAnswerIsAsTheDocumentSays() {
    Answer description = get("/openapi.json");
    OpenApiInteractionValidator validator =
        OpenApiInteractionValidator.createForInlineApiSpecification(description.body()).build();
    Set<String> described = new TreeSet<>(description.json().getJsonObject("paths").keySet());
    List<String> faults = new ArrayList<>();

    for (String resource : RESOURCES) {
      String path = resource.formatted(latestRun());
      described.removeIf(template -> path.matches(template.replaceAll("\\{\\w+}", "[^/]+")));
      faults.addAll(faults(validator, path, get(path)));
    }
    faults.addAll(faults(validator, "/runs/abc", get("/runs/abc")));
    faults.addAll(faults(validator, "/runs/999999", get("/runs/999999")));
    faults.addAll(faults(validator, "/zones", server.process().get(Caller.NOBODY, API + "/zones")));
    world.set("HISTORY_DB_URL", "");
    faults.addAll(faults(validator, "/runs", get("/runs")));
    faults.addAll(faults(validator, "/listings", get("/listings")));
    world.set("HISTORY_DB_URL", "postgresql://monitor:pw@127.0.0.1:1/postal");
    faults.addAll(faults(validator, "/zones", get("/zones")));

    assertThat(faults).isEmpty();
    assertThat(described).as("operations that no request tries").isEmpty();
  }

  private static List<String> faults(
      OpenApiInteractionValidator validator, String path, Answer answer) {
    SimpleResponse.Builder response =
        SimpleResponse.Builder.status(answer.status())
            .withContentType(answer.header("content-type"))
            .withBody(answer.body());
    Request request = new SimpleRequest.Builder(Request.Method.GET, API + path).build();
    return validator
        .validateResponse(request.getPath(), Request.Method.GET, response.build())
        .getMessages()
        .stream()
        .map(message -> "%s: %s %s".formatted(path, message, answer))
        .toList();
  }

  @Test
  void theResourcesSayWhatTheRunsFound() {
    assertThat(items("/addresses"))
        .extracting(row -> row.getString("state"))
        .containsExactly("listed", "clean", "invalid");
    assertThat(items("/addresses?listed=true"))
        .singleElement()
        .satisfies(row -> {
          assertThat(row.getString("address")).isEqualTo("203.0.113.7");
          assertThat(row.getInt("priority")).isZero();
          assertThat(row.getInt("old_priority")).isEqualTo(80);
          assertThat(row.getInt("pool_id")).isEqualTo(3);
        });
    assertThat(json("/addresses/203.0.113.7").getJsonArray("open_listings")).hasSize(1);
    assertThat(items("/listings"))
        .extracting(listing -> listing.getString("address") + " " + listing.get("end_reason"))
        .containsExactlyInAnyOrder("203.0.113.8 \"not_listed\"", "203.0.113.7 null");
    assertThat(items("/listings?open=true&zone=zen.example&counts_as=counted"))
        .singleElement()
        .satisfies(listing -> {
          assertThat(listing.getString("reason")).isEqualTo("sent to a <trap>");
          assertThat(listing.getString("ticket")).startsWith("OPS-");
        });
    assertThat(items("/listings?open=false"))
        .extracting(listing -> listing.getString("address"))
        .containsExactly("203.0.113.8");
    assertThat(items("/changes?type=restored"))
        .extracting(change -> change.getString("address"))
        .containsExactly("203.0.113.8");
    assertThat(items("/runs"))
        .extracting(run -> run.getString("outcome") + " " + run.getString("started_by"))
        .containsExactly("failed user", "succeeded user");
    assertThat(items("/runs?outcome=succeeded&dry_run=false")).hasSize(1);
    JsonObject run = json("/runs/" + latestRun());
    assertThat(run.getString("message")).contains("Jira");
    assertThat(run.getJsonArray("health")).hasSize(2);
    assertThat(items("/zones"))
        .extracting(zone -> zone.getString("zone") + " " + zone.getInt("open_listings"))
        .containsExactly("dead.example 0", "zen.example 1");
    assertThat(json("/zones/zen.example").getJsonArray("days")).hasSize(1);
    assertThat(json("/runs").getString("source")).isEqualTo("history");
  }

  @Test
  void pagesAreLinked() {
    List.of("/listings", "/runs", "/changes", "/addresses").forEach(this::assertPagesAreLinked);
  }

  private void assertPagesAreLinked(String resource) {
    Set<JsonValue> seen = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
    String next = API + resource + "?limit=1";
    int pages = 0;
    while (!next.isEmpty()) {
      JsonObject page = server.process().get(Caller.MONITOR, next).json();
      assertThat(page.getJsonArray("items")).hasSize(1);
      seen.addAll(page.getJsonArray("items"));
      pages++;
      next = page.isNull("next") ? "" : page.getString("next");
      assertThat(next).as("a path").matches("|/api/v1/.*");
    }
    assertThat(pages).isGreaterThan(1);
    assertThat(seen).hasSize(pages);
  }

  /** Path, status and a part of the sentence. */
  private static final String BAD_INPUT =
      """
      /listings?adress=x         | 400 | The parameter 'adress' is unknown here; known are address
      /listings?address=1.2.3    | 400 | Address: '1.2.3' is not an IPv4 address such as 192.0.2.1.
      /listings?open=yes         | 400 | Open: 'yes' is not true or false.
      /listings?counts_as=x      | 400 | is not one of counted, watch_only, held_back, excepted.
      /listings?since=yesterday  | 400 | Since: 'yesterday' is not an ISO 8601 time or date
      /listings?since=2026-02-30 | 400 | Since: '2026-02-30' is not an ISO 8601 time or date
      /listings?since=%2B999999999-12-31 | 400 | is not an ISO 8601 time or date
      /listings?zone=%00         | 400 | The parameter 'zone' contains a control character.
      /runs?limit=0              | 400 | Limit: '0' is not a whole number in 1..1000.
      /runs?limit=1&limit=2      | 400 | The parameter 'limit' is given 2 times; give it once.
      /runs?outcome=good         | 400 | is not one of succeeded, failed, stopped, skipped.
      /runs/abc                  | 400 | 'abc' is not the id of a run.
      /runs/999999               | 404 | There is no run 999999.
      /zones/none.example        | 404 | No run has queried 'none.example'
      /zones?limit=1             | 400 | The parameter 'limit' is unknown here; known are since.
      /addresses/nothing         | 400 | 'nothing' is not an IPv4 address such as 192.0.2.1.
      /addresses/192.0.2.250     | 404 | 192.0.2.250 is neither in Postal's table nor in the history.
      /nothing                   | 404 | There is no resource at this path. See /api/v1/openapi.json.
      """;

  @Test
  void badInputIsAProblemWithASentence() {
    for (String line : BAD_INPUT.lines().toList()) {
      String[] bad = line.split(" *\\| ", -1);
      Answer answer = get(bad[0]);

      assertThat(answer.status()).as(answer.toString()).isEqualTo(Integer.parseInt(bad[1]));
      assertThat(answer.header("content-type")).startsWith("application/problem+json");
      assertThat(answer.json().getString("detail")).contains(bad[2]);
      assertThat(answer.json().getInt("status")).isEqualTo(answer.status());
    }
  }

  @Test
  void eachRoleReadsAndNobodyWrites() {
    for (Caller caller : List.of(Caller.ADMIN, Caller.SUBMITTER, Caller.MONITOR)) {
      for (String resource : RESOURCES) {
        String path = API + resource.formatted(latestRun());
        assertThat(server.process().get(caller, path).status()).as(path).isEqualTo(200);
        for (String method : List.of("POST", "PUT", "DELETE", "PATCH")) {
          assertThat(server.process().send(caller, method, path, "{}").status())
              .as("%s %s", method, path)
              .isEqualTo(405);
        }
      }
    }
  }

  @Test
  void whoIsNobodyIsRefused() {
    Caller wrong = new Caller("monitor", "wrong");
    Caller schedule = new Caller("_schedule", "");
    for (Caller caller : List.of(Caller.NOBODY, wrong, schedule, new Caller("", "x"))) {
      for (String resource : List.of("/runs", "/openapi.json", "/nothing", "")) {
        Answer answer = server.process().get(caller, API + resource);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
        assertThat(answer.header("www-authenticate")).startsWith("Basic ");
        assertThat(answer.body()).doesNotContain("203.0.113");
      }
    }
  }

  /** Liberty sets a cookie at each login, and many clients send it back. */
  @Test
  void aCookieBesideTheLoginIsNoHindrance() {
    Answer first = server.process().get(Caller.MONITOR, API + "/runs");
    String cookie = first.header("set-cookie").replaceFirst(";.*", "");
    assertThat(cookie).startsWith("LtpaToken2=");

    for (Caller caller : List.of(Caller.MONITOR, Caller.ADMIN)) {
      Answer second = server.process().get(caller, API + "/runs", "Cookie", cookie);
      assertThat(second.status()).as(caller + ": " + second).isEqualTo(200);
    }
    Answer wrong =
        server.process().get(new Caller("admin", "wrong"), API + "/runs", "Cookie", cookie);
    assertThat(wrong.status()).isEqualTo(401);
  }

  @Test
  void whoIsLoggedInOnThePageFollowsALink() {
    PageClient person = server.process().page();
    person.logIn(Caller.MONITOR);

    assertThat(person.get(API + "/runs").body()).contains("\"outcome\":\"failed\"");
  }

  @Test
  void withoutAHistoryTheRunsAreThoseOfTheServer() {
    world.set("HISTORY_DB_URL", "");

    JsonObject runs = json("/runs?limit=5");

    assertThat(runs.getString("source")).isEqualTo("server");
    JsonObject latest = runs.getJsonArray("items").getJsonObject(0);
    assertThat(latest.getString("outcome")).isEqualTo("failed");
    assertThat(json("/runs/" + latest.getInt("id")).getInt("exit_code")).isEqualTo(1);
    assertThat(get("/runs/999999").status()).isEqualTo(404);
    assertThat(get("/listings").json().getString("detail"))
        .isEqualTo("This server has no history. Set HISTORY_DB_URL, and see docs/history.md.");
  }

  @Test
  void aHistoryThatIsDownIsAProblemOfTheServer() {
    world.set("HISTORY_DB_URL", "postgresql://monitor:canary-history@127.0.0.1:1/postal");

    Answer answer = get("/zones");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.json().getString("detail"))
        .contains("the history (HISTORY_DB_URL): cannot connect")
        .doesNotContain("canary");
    assertThat(get("/addresses").status()).as("Postal's table can be read").isEqualTo(200);
  }

  /** A list may answer anything, so also a secret that it was sent. */
  @Test
  void noSecretIsShown() {
    history.execute("update listings set reason = '%s'".formatted(secret().replace("'", "''")));

    assertThat(get("/listings").body()).doesNotContain(secret()).contains("***");
  }

  private String secret() {
    String login = URI.create(world.environment().get("DB_URL")).getUserInfo();
    return login.substring(login.indexOf(':') + 1);
  }
}
