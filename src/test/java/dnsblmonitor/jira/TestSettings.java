package dnsblmonitor.jira;

import dnsblmonitor.domain.Secret;
import dnsblmonitor.testing.FakeJira;
import jakarta.json.JsonObject;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;

/** Settings that fit the stand-in of Jira, but for what a test changes. */
final class TestSettings {

  private final URI server;
  private Optional<JiraKind> kind = Optional.of(JiraKind.CLOUD);
  private Optional<String> user = Optional.of(FakeJira.USER);
  private String token = FakeJira.TOKEN;
  private String project = FakeJira.PROJECT;
  private String issueType = "Task";
  private String alertIssueType = "Incident";
  private List<String> excludedStatuses = List.of("Done", "Closed");
  private Optional<JsonObject> extraFields = Optional.empty();
  private Optional<KeyStore> trustStore = Optional.empty();
  private Optional<InetSocketAddress> proxy = Optional.empty();

  private TestSettings(URI server) {
    this.server = server;
  }

  static TestSettings at(URI server) {
    return new TestSettings(server);
  }

  TestSettings kind(Optional<JiraKind> as) {
    kind = as;
    return this;
  }

  TestSettings user(Optional<String> as) {
    user = as;
    return this;
  }

  TestSettings token(String as) {
    token = as;
    return this;
  }

  TestSettings project(String as) {
    project = as;
    return this;
  }

  TestSettings issueTypes(String ticket, String alert) {
    issueType = ticket;
    alertIssueType = alert;
    return this;
  }

  TestSettings excludedStatuses(String... as) {
    excludedStatuses = List.of(as);
    return this;
  }

  TestSettings extraFields(JsonObject as) {
    extraFields = Optional.of(as);
    return this;
  }

  TestSettings trustStore(KeyStore as) {
    trustStore = Optional.of(as);
    return this;
  }

  TestSettings proxy(InetSocketAddress as) {
    proxy = Optional.of(as);
    return this;
  }

  JiraSettings build() {
    return new JiraSettings(
        server,
        kind,
        user,
        new Secret(token),
        project,
        issueType,
        alertIssueType,
        excludedStatuses,
        extraFields,
        "postal",
        trustStore,
        proxy);
  }
}
