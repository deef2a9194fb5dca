package dnsblmonitor.config;

import dnsblmonitor.domain.Secret;
import dnsblmonitor.jira.JiraKind;
import dnsblmonitor.jira.JiraSettings;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.KeyStore;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the {@code JIRA_...} variables. */
final class JiraVariables {

  private static final Pattern DEPLOYMENT = Pattern.compile("[A-Za-z0-9-]{1,30}");
  private static final Pattern PROJECT_KEY = Pattern.compile("[A-Z][A-Z0-9_]+");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1\\]");
  private static final Pattern PLAIN_HOST = Pattern.compile("([\\w.-]+)(:\\d{1,5})?");
  private static final List<String> ALL =
      Variables.list(
          """
          JIRA_SERVER JIRA_USER JIRA_API_TOKEN JIRA_API_TOKEN_FILE JIRA_PROJECT JIRA_ISSUE_TYPE
          JIRA_DNS_FAILURE_ISSUE_TYPE
          """);

  private final Variables variables;

  JiraVariables(Variables variables) {
    this.variables = variables;
  }

  String deployment() {
    String name = variables.required("DEPLOYMENT_NAME");
    if (!DEPLOYMENT.matcher(name).matches()) {
      variables.fault("DEPLOYMENT_NAME", "'%s' is not 1-30 letters, digits, '-'".formatted(name));
    }
    return name;
  }

  /** The Jira variables that are set but ignored with {@code TICKETS=none} (R28a). */
  List<String> ignored() {
    return SettingsReader.NAMES.stream()
        .filter(name -> name.startsWith("JIRA_") && variables.isChanged(name))
        .toList();
  }

  /** Empty in a dry run without any Jira variables. */
  Optional<JiraSettings> read(String deployment, boolean dryRun, Optional<KeyStore> trustStore) {
    if (dryRun && ALL.stream().allMatch(name -> variables.text(name).isEmpty())) {
      return Optional.empty();
    }
    URI server = server(variables.required("JIRA_SERVER"));
    String token = variables.requiredOrFile("JIRA_API_TOKEN");
    Optional<JiraKind> kind = kind();
    return Optional.of(
        new JiraSettings(
            server,
            kind,
            user(kind),
            new Secret(token),
            project(variables.required("JIRA_PROJECT")),
            variables.required("JIRA_ISSUE_TYPE"),
            variables.required("JIRA_DNS_FAILURE_ISSUE_TYPE"),
            Variables.commaSeparated(variables.required("JIRA_EXCLUDED_STATUSES")),
            variables.text("JIRA_EXTRA_FIELDS").flatMap(this::extraFields),
            deployment,
            trustStore,
            new HttpsProxy(variables).to(host(server))));
  }

  /** Empty for {@code auto}: the server is queried. */
  private Optional<JiraKind> kind() {
    return switch (variables.choice("JIRA_DEPLOYMENT", "auto", "cloud", "datacenter")) {
      case "cloud" -> Optional.of(JiraKind.CLOUD);
      case "datacenter" -> Optional.of(JiraKind.DATA_CENTER);
      default -> Optional.empty();
    };
  }

  /** Required for Cloud; with {@code auto} this is checked after querying the server. */
  private Optional<String> user(Optional<JiraKind> kind) {
    if (kind.filter(JiraKind.CLOUD::equals).isPresent()) {
      variables.required("JIRA_USER");
    }
    return variables.text("JIRA_USER");
  }

  private String project(String key) {
    if (!key.isEmpty() && !PROJECT_KEY.matcher(key).matches()) {
      variables.fault("JIRA_PROJECT", "'%s' is not a project key such as OPS".formatted(key));
    }
    return key;
  }

  private URI server(String text) {
    URI fallback = URI.create("https://jira.invalid");
    if (text.isEmpty()) {
      return fallback;
    }
    try {
      URI server = new URI(text.replaceFirst("/+$", ""));
      String host = host(server);
      if (!host.isEmpty()
          && isEncryptedOrLocal(server, host)
          && server.getRawUserInfo() == null
          && server.getRawQuery() == null
          && server.getRawFragment() == null) {
        return server;
      }
    } catch (URISyntaxException e) {
      // said below
    }
    variables.fault("JIRA_SERVER", "is not an https URL such as https://jira.example.com");
    return fallback;
  }

  /** The host, even with an underscore, which {@link URI#getHost()} rejects; empty if none. */
  private static String host(URI server) {
    Matcher plain = PLAIN_HOST.matcher(Objects.requireNonNullElse(server.getRawAuthority(), ""));
    return Objects.requireNonNullElse(server.getHost(), plain.matches() ? plain.group(1) : "");
  }

  /** Whether it is https, or http to this host. */
  static boolean isEncryptedOrLocal(URI url, String host) {
    return "https".equalsIgnoreCase(url.getScheme())
        || ("http".equalsIgnoreCase(url.getScheme()) && isLoopback(host));
  }

  static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host).matches();
  }

  private Optional<JsonObject> extraFields(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return Optional.of(reader.readObject());
    } catch (JsonException e) {
      variables.fault("JIRA_EXTRA_FIELDS", "is not a JSON object");
      return Optional.empty();
    }
  }
}
