package dnsblmonitor.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.JiraClient.Answer;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the stand-in for Jira Cloud refuses, and what it sees. */
class FakeJiraTest {

  private static final String NEW =
      """
      {"fields": {"project": {"key": "OPS"}, "issuetype": {"id": "10001"}, "summary": "%s"}}\
      """;
  private static final String COMMENT =
      """
      {"fields": {"summary": "changed"}, "update": {"comment": [{"add": {"body":
      {"type": "doc", "version": 1, "content": []}}}]}}\
      """;

  private final FakeJira jira = FakeJira.start();
  private final JiraClient client = JiraClient.of(jira, "/rest/api/3", FakeJira.USER);

  @AfterEach
  void close() {
    client.close();
    jira.close();
  }

  @Test
  void aBulkCreateFilesWhatIsRightAndNamesWhatIsNot() {
    Answer answer = client.post("/issue/bulk", bulk(NEW.formatted("a"), NEW.formatted("")));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.object().getJsonArray("issues").getJsonObject(0).keySet())
        .containsExactlyInAnyOrder("id", "key", "self");
    assertThat(answer.object().getJsonArray("errors"))
        .hasToString(
            "[{\"status\":400,\"elementErrors\":{\"errorMessages\":[],\"errors\":{\"summary\":\"You must specify a summary of the issue.\"}},\"failedElementNumber\":1}]");
    assertThat(jira.issues()).extracting(FakeJiraIssue::summary).containsExactly("a");
  }

  @Test
  void aBulkCreateIsOneRequestAndManyWrites() {
    client.post("/issue/bulk", bulk(NEW.formatted("a"), NEW.formatted("b")));

    assertThat(jira.writes()).isEqualTo(2);
    assertThat(jira.writeRequests()).isEqualTo(1);
  }

  @Test
  void aBulkCreateOfNothingButFaultsIsRefused() {
    Answer answer = client.post("/issue/bulk", bulk(NEW.formatted("")));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.object().getJsonArray("issues")).isEmpty();
    assertThat(answer.object().getJsonArray("errors")).hasSize(1);
    assertThat(jira.writeRequests()).isZero();
  }

  @Test
  void aBulkCreateOfMoreThanFiftyIsRefused() {
    String[] many = IntStream.range(0, 51).mapToObj(NEW::formatted).toArray(String[]::new);

    assertThat(client.post("/issue/bulk", bulk(many)).status()).isEqualTo(400);
    assertThat(client.post("/issue/bulk", bulk()).status()).isEqualTo(400);
    assertThat(jira.issues()).isEmpty();
  }

  @Test
  void permissionsAreToldAndActedOn() {
    String key = jira.seed("a");
    jira.withoutPermission("ADD_COMMENTS");

    Answer told = client.get("/mypermissions?projectKey=OPS&permissions=ADD_COMMENTS,EDIT_ISSUES");

    assertThat(told.object().getJsonObject("permissions").values())
        .extracting(permission -> permission.asJsonObject().getBoolean("havePermission"))
        .containsExactly(false, true);
    assertThat(client.put("/issue/" + key, COMMENT).body()).contains("permission to comment");
    assertThat(client.get("/mypermissions?projectKey=OPS").status()).isEqualTo(400);
    assertThat(client.get("/mypermissions?projectKey=NO&permissions=EDIT_ISSUES").status())
        .isEqualTo(404);
  }

  @Test
  void aPropertyIsMadeThenReplaced() {
    String path = "/issue/" + jira.seed("a") + "/properties/told";

    assertThat(client.get(path).status()).isEqualTo(404);
    assertThat(client.put(path, "{\"told\":[]}").status()).isEqualTo(201);
    assertThat(client.put(path, "[1]").status()).isEqualTo(200);
    assertThat(client.put(path, "no JSON").status()).isEqualTo(400);
    assertThat(client.get(path).object()).hasToString("{\"key\":\"told\",\"value\":[1]}");
  }

  @Test
  void aCommentTooManyIsRefusedWithAllOfItsEdit() {
    String key = jira.seed("a");
    jira.commentLimit(1);

    assertThat(client.put("/issue/" + key, COMMENT).status()).isEqualTo(204);
    Answer second = client.put("/issue/" + key, COMMENT.replace("changed", "again"));

    assertThat(second.status()).isEqualTo(400);
    assertThat(second.object().getJsonObject("errors").getString("comment")).contains("limit");
    assertThat(jira.issue(key).summary()).isEqualTo("changed");
    assertThat(jira.issue(key).comments()).hasSize(1);
  }

  @Test
  void theSearchThatWasRemovedIsGone() {
    assertThat(client.post("/search", "{\"jql\":\"project = OPS\"}").status()).isEqualTo(410);
  }

  @Test
  void whatIsUnderWayAtOnceIsCounted() {
    String one = jira.seed("a");
    String other = jira.seed("b");
    jira.fail("PUT", ".*", FakeJiraFault.rightAnswer().delayed(Duration.ofSeconds(2)).times(3));

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Stream.of(one, one, other)
          .forEach(key -> threads.execute(() -> client.put("/issue/" + key, COMMENT)));
    }

    assertThat(jira.mostAtOnce()).isEqualTo(3);
    assertThat(jira.mostWritesAtOncePerIssue()).isEqualTo(2);
    assertThat(jira.measureAnew().mostAtOnce()).isZero();
  }

  @Test
  void oneRequestAfterTheOtherIsNotAtOnce() {
    IntStream.range(0, 50).forEach(_ -> client.get("/myself"));

    assertThat(jira.mostAtOnce()).isEqualTo(1);
    assertThat(jira.busiestSecond()).isZero();
  }

  private static String bulk(String... issues) {
    return "{\"issueUpdates\":[" + String.join(",", issues) + "]}";
  }
}
