package dnsblmonitor.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.JiraClient.Answer;
import jakarta.json.Json;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In what the stand-in for Data Center differs from the one for Cloud. */
class FakeDataCenterTest {

  private static final String API = "/rest/api/2";
  private static final String SEARCH = "{\"jql\":\"project = \\\"OPS\\\"\"%s}";
  private static final String NEW =
      """
      {"fields": {"project": {"key": "OPS"}, "issuetype": {"id": "10001"}, "summary": "a",
      "description": %s}, "properties": [{"key": "told", "value": 1}]}\
      """;

  private final FakeJira jira = FakeJira.dataCenter();
  private final JiraClient client = JiraClient.of(jira, API);

  @AfterEach
  void close() {
    client.close();
    jira.close();
  }

  @Test
  void itSaysWhatItIsToAnybody() {
    try (JiraClient stranger = JiraClient.of(jira, API).with("Authorization", "Bearer wrong")) {
      assertThat(stranger.get("/serverInfo").object().getString("deploymentType"))
          .isEqualTo("Server");
    }
  }

  @Test
  void aSearchIsPagedByOffsetAndHoldsNoProperties() {
    jira.longestPage(2);
    for (String summary : Set.of("a", "b", "c")) {
      jira.setProperty(jira.seed(summary), "told", Json.createObjectBuilder().build());
    }

    Answer second =
        client.post("/search", SEARCH.formatted(",\"startAt\":2,\"fields\":[\"labels\"]"));

    assertThat(second.header("X-Seraph-LoginReason")).isEqualTo("OK");
    assertThat(second.object().getInt("total")).isEqualTo(3);
    assertThat(second.object().getJsonArray("issues"))
        .singleElement()
        .satisfies(issue -> {
          assertThat(issue.asJsonObject().keySet()).contains("key").doesNotContain("properties");
          assertThat(issue.asJsonObject().getJsonObject("fields").keySet())
              .containsExactly("labels");
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",\"properties\":[\"told\"]",
        ",\"nextPageToken\":\"x\"",
        ",\"fields\":\"labels\""
      })
  void aSearchForWhatOnlyCloudKnowsIsRefused(String more) {
    assertThat(client.post("/search", SEARCH.formatted(more)).status()).isEqualTo(400);
  }

  @Test
  void whatOnlyCloudHasIsNotThere() {
    assertThat(client.post("/search/jql", SEARCH.formatted("")).status()).isEqualTo(404);
    assertThat(client.get("/project/search").status()).isEqualTo(404);
    try (JiraClient cloud = JiraClient.of(jira, "/rest/api/3")) {
      assertThat(cloud.get("/myself").status()).isEqualTo(404);
    }
  }

  @Test
  void listsStandInValues() {
    Answer types = client.get("/issue/createmeta/OPS/issuetypes?startAt=2&maxResults=50");
    Answer fields = client.get("/issue/createmeta/OPS/issuetypes/10001");

    assertThat(types.object().getJsonArray("values")).hasSize(1);
    assertThat(types.object().getBoolean("isLast")).isTrue();
    assertThat(fields.object().getBoolean("isLast")).isFalse();
    assertThat(fields.object().keySet()).doesNotContain("fields");
    assertThat(client.get("/project").body())
        .isEqualTo("[{\"id\":\"10000\",\"key\":\"OPS\",\"name\":\"Operations\"}]");
  }

  @Test
  void textsAreWikiText() {
    assertThat(client.post("/issue", NEW.formatted("\"\\\\*not bold\\\\*\"")).status())
        .isEqualTo(201);

    assertThat(jira.issues().getFirst().description()).isEqualTo("*not bold*");
    assertThat(client.post("/issue", NEW.formatted("{\"type\":\"doc\"}")).body())
        .contains("Operation value must be a string");
    assertThat(client.post("/issue", NEW.formatted("\"" + "x".repeat(32_768) + "\"")).body())
        .contains("32,767");
    assertThat(jira.issues()).hasSize(1);
  }

  @Test
  void propertiesOfARequestMayBeIgnored() {
    client.post("/issue", NEW.formatted("\"x\""));
    jira.ignoresProperties(true);
    client.post("/issue", NEW.formatted("\"x\""));

    assertThat(client.get("/issue/OPS-1/properties/told").body()).contains("\"value\":1");
    assertThat(client.get("/issue/OPS-2/properties/told").status()).isEqualTo(404);
  }

  @Test
  void refusedCredentialsFindNothingInASearch() {
    try (JiraClient stranger = JiraClient.of(jira, API).with("Authorization", "Bearer wrong")) {
      jira.seed("a");

      Answer search = stranger.post("/search", SEARCH.formatted(""));

      assertThat(search.status()).isEqualTo(200);
      assertThat(search.header("X-Seraph-LoginReason")).isEqualTo("AUTHENTICATED_FAILED");
      assertThat(search.object().getJsonArray("issues")).isEmpty();
      assertThat(stranger.get("/myself").status()).isEqualTo(401);
      assertThat(stranger.post("/issue", NEW.formatted("\"x\"")).status()).isEqualTo(401);
    }
  }

  @Test
  void aUserMayLogInWithAPassword() {
    try (FakeJira other = FakeJira.dataCenter("monitor", FakeJira.TOKEN, Clock.systemUTC());
        JiraClient user = JiraClient.of(other, API, "monitor");
        JiraClient bearer = JiraClient.of(other, API)) {
      assertThat(user.get("/myself").status()).isEqualTo(200);
      assertThat(bearer.get("/myself").status()).isEqualTo(401);
    }
  }
}
