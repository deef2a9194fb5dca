package dnsblmonitor.jira;

import dnsblmonitor.domain.Secret;
import jakarta.json.JsonObject;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where Jira is, which account is used, and how tickets are filed there.
 *
 * @param server its base URL; a path in it is kept
 * @param kind which Jira it is, or empty: then the server is queried
 * @param user with one, Basic authentication, else Bearer
 * @param excludedStatuses names of the statuses that mean "not open"
 * @param extraFields fields that the project demands at create, for an address's ticket
 * @param deployment names this deployment in labels and in the issue property
 * @param trustStore what is trusted, if not what the JVM trusts
 */
public record JiraSettings(
    URI server,
    Optional<JiraKind> kind,
    Optional<String> user,
    Secret apiToken,
    String project,
    String issueType,
    String alertIssueType,
    List<String> excludedStatuses,
    Optional<JsonObject> extraFields,
    String deployment,
    Optional<KeyStore> trustStore,
    Optional<InetSocketAddress> proxy) {

  private static final String GATEWAY = "api.atlassian.com";

  public JiraSettings {
    excludedStatuses = List.copyOf(excludedStatuses);
    if (!server.isAbsolute() || server.getRawUserInfo() != null || server.getRawQuery() != null) {
      throw new IllegalArgumentException(
          "the Jira server must be an absolute URL without user, password and query");
    }
  }

  /** Where people see an issue; the gateway of scoped tokens does not say which site it is for. */
  Optional<URI> issuePage(String issueKey) {
    return GATEWAY.equalsIgnoreCase(server.getHost())
        ? Optional.empty()
        : Optional.of(
            URI.create(server.toString().replaceFirst("/+$", "") + "/browse/" + issueKey));
  }

  SortedSet<String> issueTypes() {
    return new TreeSet<>(List.of(issueType, alertIssueType));
  }

  /** What the Authorization header holds after its scheme. */
  Secret credentials() {
    return user.map(apiToken::basicCredential).orElse(apiToken);
  }

  /** The issue property that keeps what a ticket reported (R23). */
  String propertyKey() {
    return "dnsbl-monitor." + deployment;
  }
}
