package dnsblmonitor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dnsblmonitor.kubernetes.Kubectl;
import dnsblmonitor.kubernetes.Manifests;
import dnsblmonitor.kubernetes.NeedsKubectl;
import dnsblmonitor.postal.DatabaseKind;
import dnsblmonitor.testing.TestAuthority;
import io.kubernetes.client.openapi.models.V1Secret;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The variables of ConfigMap and Secret, read as the program reads them. */
@NeedsKubectl
class KubernetesVariablesIT {

  private static final Map<String, String> CONFIG =
      Kubectl.kustomize(Path.of("kubernetes")).settings();
  private static final Map<String, String> SECRET =
      Objects.requireNonNull(
          Manifests.read(Path.of("kubernetes/secret.yaml"))
              .one(V1Secret.class, "dnsbl-secrets")
              .getStringData());

  private static final TestAuthority AUTHORITY = TestAuthority.create();

  private static final Map<String, String> FILLED_IN =
      Map.of(
          "DB_URL",
          "mariadb://monitor:canary-db@db.example.com/postal?sslMode=verify-full",
          "JIRA_API_TOKEN",
          "canary");

  @Test
  void theConfigMapHoldsEveryVariableThatIsNoSecretAndNoOther() {
    List<String> secret =
        List.of(
            "DB_URL",
            "DB_DSN",
            "DB_PASSWORD",
            "JIRA_API_TOKEN",
            "HISTORY_DB_URL",
            "METRICS_PUSH_URL",
            "METRICS_PUSH_TOKEN",
            "NOTIFY_WEBHOOK_URL",
            "NOTIFY_WEBHOOK_SECRET",
            "NOTIFY_SLACK_URL",
            "SMTP_URL");

    assertThat(CONFIG.keySet())
        .containsExactlyInAnyOrderElementsOf(
            SettingsReader.NAMES.stream()
                .filter(name -> !secret.contains(name.replaceFirst("_FILE$", "")))
                .filter(name -> !name.equals("DNSBL_ZONES_FILE"))
                .toList());
  }

  @Test
  void theSecretHoldsThePlaceholdersOfSecretsThatTheProgramKnows() {
    assertThat(SettingsReader.NAMES).containsAll(SECRET.keySet());
    assertThat(SECRET)
        .isEqualTo(
            Map.of("DB_URL", Variables.PLACEHOLDER, "JIRA_API_TOKEN", Variables.PLACEHOLDER));
  }

  @Test
  void asTheyShipEveryPlaceholderIsRefusedAndNothingElse() {
    ConfigurationException refused =
        catchThrowableOfType(ConfigurationException.class, () -> read(CONFIG, SECRET));

    assertThat(refused.faults())
        .containsExactlyInAnyOrderElementsOf(
            both(CONFIG, SECRET).entrySet().stream()
                .filter(variable -> variable.getValue().equals(Variables.PLACEHOLDER))
                .map(variable ->
                    variable.getKey()
                        + ": is still the template's REPLACE-ME;"
                        + " replace it with the real value")
                .toList());
    assertThat(refused.faults()).hasSize(8);
  }

  @Test
  void whatIsNoPlaceholderIsTheProgramsDefaultExceptForTheFirstLook() {
    Map<String, String> defaults = defaults();
    Map<String, String> shipped =
        CONFIG.entrySet().stream()
            .filter(variable -> defaults.containsKey(variable.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    assertThat(shipped).containsOnlyKeys(defaults.keySet());
    assertThat(shipped).containsEntry("DRY_RUN", "true").containsEntry("RUN_DEADLINE", "PT840S");
    assertThat(shipped).as("which is for people to choose").containsEntry("DB_KIND", "");
    shipped.putAll(
        Map.of("DRY_RUN", "false", "RUN_DEADLINE", "PT14M", "DB_KIND", defaults.get("DB_KIND")));

    assertThat(shipped).isEqualTo(defaults);
  }

  @Test
  void filledInTheExampleIsAllThatARunNeeds() {
    Map<String, String> example = example();

    Settings settings = read(example, FILLED_IN);

    assertThat(settings.warnings()).isEmpty();
    assertThat(settings.jira()).isPresent();
    assertThat(settings.dryRun()).isTrue();
    assertThat(settings.dns().resolvers())
        .containsExactly(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 5353));
    for (String name : new TreeSet<>(FILLED_IN.keySet())) {
      Map<String, String> less = new TreeMap<>(FILLED_IN);
      less.remove(name);
      assertThat(catchThrowableOfType(ConfigurationException.class, () -> read(example, less)))
          .as("without %s", name)
          .hasMessageContaining(name + ": is required");
    }
  }

  /** The database's certificate is verified, by the authority that is mounted. */
  @ParameterizedTest
  @CsvSource({
    "mariadb, MARIADB, serverSslCert, sslMode=verify-full",
    "postgresql, POSTGRESQL, sslrootcert, sslmode=verify-full"
  })
  void theSecretOfEachExampleIsAllThatARunNeedsAndDemandsTls(
      String name, DatabaseKind kind, String authority, String mode) {
    Path folder = Path.of("examples/kubernetes", name);
    Map<String, String> secret = secret(folder.resolve("secret.yaml"), "dnsbl-secrets");
    Map<String, String> example = example(folder);

    assertThat(catchThrowableOfType(ConfigurationException.class, () -> read(example, secret)))
        .hasMessageContaining("JIRA_API_TOKEN: is still the template's REPLACE-ME");
    Settings settings = read(example, both(secret, Map.of("JIRA_API_TOKEN", "canary")));

    assertThat(settings.warnings()).isEmpty();
    assertThat(List.of(settings.database(), settings.history().orElseThrow().database()))
        .allSatisfy(database -> {
          assertThat(database.kind()).isEqualTo(kind);
          assertThat(database.jdbcUrl())
              .contains(mode, authority + "=")
              .contains(AUTHORITY.pem().getFileName().toString());
        });
  }

  @Test
  void theOwnersSecretIsAPlaceholderAndAllThatMigrateNeeds() {
    Map<String, String> owner =
        secret(Path.of("kubernetes/commands/secret.yaml"), "dnsbl-owner-secrets");
    assertThat(owner).isEqualTo(Map.of("DB_URL", Variables.PLACEHOLDER));
    Map<String, String> filledIn =
        Map.of(
            "DB_URL",
            "mariadb://owner:pw@db.example.com/postal?sslMode=verify-full",
            "HISTORY_DB_URL",
            "mariadb://owner:pw@db.example.com/dnsbl_history?sslMode=verify-full");

    MigrationSettings settings = reader(example(), filledIn).readForMigration();

    assertThat(settings.database().user()).isEqualTo("owner");
    assertThat(settings.history().orElseThrow().user()).isEqualTo("owner");
    assertThat(
            catchThrowableOfType(
                    ConfigurationException.class, () -> reader(example(), owner).readForMigration())
                .faults())
        .singleElement()
        .asString()
        .startsWith("DB_URL: ");
  }

  private static Map<String, String> secret(Path file, String name) {
    return Objects.requireNonNull(Manifests.read(file).one(V1Secret.class, name).getStringData());
  }

  @Test
  void theSecretOfServeHoldsPlaceholdersOfItsVariablesWhichAreRefused() {
    Map<String, String> serve =
        Objects.requireNonNull(
            Manifests.read(Path.of("kubernetes/serve/secret.yaml"))
                .one(V1Secret.class, "dnsbl-serve-secrets")
                .getStringData());
    Map<String, String> variables = both(both(example(), FILLED_IN), serve);

    assertThat(ServeVariables.NAMES).containsAll(serve.keySet());
    assertThat(
            catchThrowableOfType(ConfigurationException.class, () -> readForServe(variables))
                .faults())
        .hasSameSizeAs(serve.keySet())
        .allMatch(fault -> fault.contains("REPLACE-ME"));
    serve.keySet().forEach(name -> variables.put(name, "a long password"));
    assertThat(readForServe(variables).users()).hasSize(1);
  }

  static ServeSettings readForServe(Map<String, String> variables) {
    return new SettingsReader(
            new SmallRyeConfigBuilder()
                .withSources(
                    new PropertiesConfigSource(variables, "environment", 300),
                    Environment.defaults())
                .build())
        .readForServe(Clock.systemUTC());
  }

  private static Map<String, String> example() {
    return example(Path.of("examples/kubernetes/mariadb"));
  }

  /**
   * The ConfigMap, and what wins over it in the container's own environment; with a file that is
   * here instead of the one that is mounted.
   */
  private static Map<String, String> example(Path folder) {
    Map<String, String> variables = Kubectl.kustomize(folder).variables();
    assertThat(variables.put("TLS_CA_FILE", AUTHORITY.pem().toString())).isNotEmpty();
    return variables;
  }

  /** A key that stands in both is taken from the Secret, the last of {@code envFrom}. */
  private static Map<String, String> both(Map<String, String> config, Map<String, String> secret) {
    Map<String, String> variables = new TreeMap<>(config);
    variables.putAll(secret);
    return variables;
  }

  private static Settings read(Map<String, String> config, Map<String, String> secret) {
    return reader(config, secret).read();
  }

  private static SettingsReader reader(Map<String, String> config, Map<String, String> secret) {
    return new SettingsReader(
        new SmallRyeConfigBuilder()
            .withSources(
                new PropertiesConfigSource(both(config, secret), "environment", 300),
                new PropertiesConfigSource(defaults(), "defaults", 100))
            .build());
  }

  private static Map<String, String> defaults() {
    try (InputStream in =
        SettingsReader.class.getResourceAsStream("/META-INF/microprofile-config.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.stringPropertyNames().stream()
          .filter(name -> !name.startsWith("SERVE_"))
          .collect(Collectors.toMap(name -> name, properties::getProperty));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
