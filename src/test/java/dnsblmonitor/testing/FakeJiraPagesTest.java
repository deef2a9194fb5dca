package dnsblmonitor.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.JiraClient.Answer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The pages of the stand-in for Jira, which people read in a browser. */
class FakeJiraPagesTest {

  private static final String EVIL = "<script>alert('\"&')</script>";
  private static final String ESCAPED = "&lt;script&gt;alert(&#39;&quot;&amp;&#39;)&lt;/script&gt;";

  private final FakeJira jira = FakeJira.start();
  private final JiraClient client = JiraClient.of(jira, "/rest/api/3", FakeJira.USER);
  private final JiraClient anyone = new JiraClient(client.http(), jira.uri() + "/browse", "X", "-");

  @AfterEach
  void close() {
    client.close();
    jira.close();
  }

  private static JsonObject text(String text, String href) {
    return Json.createObjectBuilder()
        .add("type", "text")
        .add("text", text)
        .add(
            "marks",
            Json.createArrayBuilder()
                .add(
                    Json.createObjectBuilder()
                        .add("type", "link")
                        .add("attrs", Json.createObjectBuilder().add("href", href))))
        .build();
  }

  private static JsonObject node(String type, JsonObject child) {
    return Json.createObjectBuilder()
        .add("type", type)
        .add("content", Json.createArrayBuilder().add(child))
        .build();
  }

  private static JsonObject document(JsonObject child) {
    return Json.createObjectBuilder(node("doc", child)).add("version", 1).build();
  }

  private void file(String summary, JsonObject description) {
    JsonObject fields =
        Json.createObjectBuilder()
            .add("project", Json.createObjectBuilder().add("key", FakeJira.PROJECT))
            .add("issuetype", Json.createObjectBuilder().add("id", "10001"))
            .add("summary", summary)
            .add("labels", Json.createArrayBuilder().add("label" + EVIL.replace(" ", "")))
            .add("description", description)
            .build();
    Answer answer =
        client.post("/issue", Json.createObjectBuilder().add("fields", fields).build().toString());
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
  }

  @Test
  void anIssueIsAPageWithItsTableAndLinksThatNeedsNoLogin() {
    JsonObject cell =
        node(
            "tableCell",
            node("paragraph", text("zen.example", "https://zen.example/?ip=1&lang=en")));
    file("IP 203.0.113.7", document(node("table", node("tableRow", cell))));
    int requests = jira.requests().size();

    Answer page = anyone.get("/OPS-1");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.body())
        .contains("<title>[OPS-1] IP 203.0.113.7</title>", "To Do")
        .contains(
            "<td><a href=\"https://zen.example/?ip=1&amp;lang=en\">zen.example</a></td>",
            "<p>None.</p>");
    assertThat(anyone.get("").body())
        .contains("<a href=\"browse/OPS-1\">OPS-1</a>", "IP 203.0.113.7");
    assertThat(jira.requests()).as("those of the monitor").hasSize(requests);
  }

  @Test
  void whateverAnIssueHoldsIsEscaped() {
    file(EVIL, document(node("paragraph", text(EVIL, "javascript:alert(1)"))));
    String comment =
        document(
                node(
                    "codeBlock",
                    Json.createObjectBuilder().add("type", "text").add("text", EVIL).build()))
            .toString();
    client.put("/issue/OPS-1", "{\"update\":{\"comment\":[{\"add\":{\"body\":" + comment + "}}]}}");

    assertThat(anyone.get("/OPS-1").body())
        .contains(
            "<h1>" + ESCAPED + "</h1>", "<p>" + ESCAPED + "</p>", "<pre>" + ESCAPED + "</pre>")
        .contains("label" + ESCAPED.replace(" ", ""))
        .doesNotContain("<script", "javascript:");
    assertThat(anyone.get("").body()).contains(ESCAPED).doesNotContain("<script");
  }

  @Test
  void wikiTextIsShownAsItStands() {
    try (FakeJira dataCenter = FakeJira.dataCenter();
        JiraClient bearer = JiraClient.of(dataCenter, "/rest/api/2")) {
      Answer filed =
          bearer.post(
              "/issue",
              """
              {"fields": {"project": {"key": "OPS"}, "issuetype": {"id": "10001"}, "summary": "a",
              "description": "one < two"}}\
              """);
      assertThat(filed.status()).as(filed.body()).isEqualTo(201);

      JiraClient browser = new JiraClient(bearer.http(), dataCenter.uri() + "/browse", "X", "-");
      assertThat(browser.get("/OPS-1").body()).contains("<pre>one &lt; two</pre>");
    }
  }

  @Test
  void whatIsNotThereIsNotFoundAndNothingIsWritten() {
    assertThat(anyone.get("").body()).contains("There is no ticket yet.");
    assertThat(anyone.get("/OPS-9").status()).isEqualTo(404);
    assertThat(anyone.get("/%3Cscript%3E").body()).doesNotContain("<script");
    assertThat(anyone.post("/OPS-1", "{}").status()).isEqualTo(405);
  }
}
