package dnsblmonitor.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The stand-in for Jira Cloud refuses and answers as Atlassian describes it. */
class FakeJiraDescriptionIT {

  private static final String NEW =
      """
      {"fields": {"project": {"key": "OPS"}, "issuetype": {"id": "10001"}, "summary": "%s"}}\
      """;

  private final JiraDescription description = JiraDescription.given();

  @Test
  void everyResourceAnswersAsDescribed() {
    try (FakeJira jira = FakeJira.start();
        JiraClient client = JiraClient.of(jira, "/rest/api/3", FakeJira.USER);
        JiraClient stranger = JiraClient.of(jira, "/rest/api/3", "stranger@example.com")) {
      String issue = "/issue/" + jira.seed("a");

      stranger.get("/myself");
      client.get("/serverInfo");
      client.get("/status");
      client.get("/project/search?startAt=0&maxResults=50");
      client.get("/mypermissions?projectKey=OPS&permissions=ADD_COMMENTS,EDIT_ISSUES");
      client.get("/issue/createmeta/OPS/issuetypes?startAt=0&maxResults=50");
      client.get("/issue/createmeta/OPS/issuetypes/10001?startAt=0&maxResults=50");
      client.post("/search/jql", "{\"jql\":\"project = \\\"OPS\\\"\",\"fields\":[\"status\"]}");
      client.post("/search/jql", "{\"jql\":\"nonsense\"}");
      client.post("/issue", NEW.formatted("b"));
      client.post("/issue", NEW.formatted(""));
      client.post(
          "/issue/bulk",
          "{\"issueUpdates\":[%s,%s]}".formatted(NEW.formatted("c"), NEW.formatted("")));
      client.put(issue, "{\"fields\":{\"summary\":\"d\"}}");
      client.put(issue + "/properties/told", "{\"told\":[]}");
      client.get(issue + "?fields=summary,labels,created,status&properties=told");
      client.get("/issue/OPS-99?fields=summary");
      client.get(issue + "/properties/told");
      client.get(issue + "/properties/other");

      assertThat(jira.exchanges())
          .hasSize(18)
          .allSatisfy(exchange -> assertThat(description.violations(exchange)).isEmpty());
    }
  }

  @Test
  void whatIsNotAsDescribedIsNamed() {
    try (FakeJira jira = FakeJira.start();
        JiraClient client = JiraClient.of(jira, "/rest/api/3", FakeJira.USER)) {
      client.post("/issue", "{\"fields\":{},\"properties\":{}}");
      client.post("/search/jql", "{\"jql\":1}");
      client.get("/project/search?startAt=first");
      client.get("/search/tickets");

      assertThat(jira.exchanges())
          .hasSize(4)
          .allSatisfy(exchange -> assertThat(description.violations(exchange)).isNotEmpty());
    }
  }
}
