package dnsblmonitor.jira;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where people see a ticket. */
class IssuePageTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://jira.example.com/tracker",
        "https://jira.example.com/tracker/",
        "https://jira.example.com/tracker//"
      })
  void anIssueIsBelowTheServersPath(String server) {
    assertThat(TestSettings.at(URI.create(server)).build().issuePage("OPS-17"))
        .contains(URI.create("https://jira.example.com/tracker/browse/OPS-17"));
  }

  /** Scoped tokens work at the gateway, which has no pages and does not tell whose it is. */
  @Test
  void theGatewayOfScopedTokensHasNoPages() {
    URI gateway = URI.create("https://api.atlassian.com/ex/jira/cloud-id");

    assertThat(TestSettings.at(gateway).build().issuePage("OPS-17")).isEmpty();
  }
}
