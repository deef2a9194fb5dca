package dnsblmonitor.config;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.postal.DatabaseKind;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ships to be filled in makes people choose a kind of database, and shows both with TLS. */
class TemplatesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {".env.example", "kubernetes/secret.yaml", "kubernetes/commands/secret.yaml"})
  void theDatabaseIsAPlaceholderBelowOneUrlOfEachKind(String template) throws IOException {
    List<String> lines = Files.readAllLines(Path.of(template));

    assertThat(lines.stream().map(String::strip))
        .filteredOn(line -> line.startsWith("DB_"))
        .singleElement()
        .asString()
        .matches("DB_URL(=|: )" + Variables.PLACEHOLDER);
    assertThat(
            lines.stream()
                .map(line -> line.replaceFirst("^[ #]+", ""))
                .filter(line -> line.matches(".*://(monitor|owner):.*"))
                .map(TemplatesTest::kindOf))
        .containsExactly(DatabaseKind.MARIADB, DatabaseKind.POSTGRESQL);
  }

  private static DatabaseKind kindOf(String url) {
    assertThat(url).containsIgnoringCase("?sslMode=verify-full");
    Variables variables =
        new Variables(
            new SmallRyeConfigBuilder()
                .withSources(
                    new PropertiesConfigSource(
                        Map.of("DB_URL", url, "DB_SCHEMA", "postal"), "environment", 300))
                .build());
    DatabaseKind kind = new DatabaseUrl(variables).read().kind();
    assertThat(variables.faults()).isEmpty();
    return kind;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kubernetes/configmap.yaml",
        "examples/kubernetes/mariadb/settings.yaml",
        "examples/kubernetes/openshift/settings.yaml",
        "examples/kubernetes/postgresql/settings.yaml"
      })
  void noManifestChoosesTheKind(String manifest) throws IOException {
    assertThat(Files.readAllLines(Path.of(manifest)))
        .filteredOn(
            line -> line.strip().startsWith("DB_KIND:") || line.strip().startsWith("DB_HOST:"))
        .allMatch(line -> line.endsWith(": \"\""));
  }

  /** OpenShift's SCC restricted-v2 refuses a user of the manifest's own. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "kubernetes/commands/check.yaml",
        "kubernetes/commands/migrate.yaml",
        "kubernetes/commands/notify-test.yaml",
        "kubernetes/commands/restore.yaml",
        "kubernetes/cronjob.yaml",
        "kubernetes/serve/deployment.yaml",
        "kubernetes/unbound/sidecar.yaml",
        "kubernetes/unbound/sidecar-serve.yaml"
      })
  void noManifestFixesTheUser(String manifest) throws IOException {
    assertThat(Files.readString(Path.of(manifest))).doesNotContain("runAsUser", "runAsGroup");
  }

  @Test
  void theImagesUserIsNumericSoThatKubernetesKnowsItIsNotRoot() throws IOException {
    for (String image : List.of("Dockerfile", "kubernetes/unbound/Dockerfile")) {
      assertThat(
              Files.readAllLines(Path.of(image)).stream()
                  .filter(line -> line.startsWith("USER "))
                  .reduce("", (_, last) -> last))
          .as(image)
          .matches("USER [1-9]\\d*(:\\d+)?");
    }
  }

  @Test
  void composeQueriesItsOwnResolver() throws IOException {
    List<String> ports =
        Files.readAllLines(Path.of("kubernetes/unbound/unbound.conf")).stream()
            .map(String::strip)
            .filter(line -> line.startsWith("port: "))
            .map(line -> line.substring("port: ".length()))
            .toList();

    assertThat(Files.readString(Path.of("compose/compose.yaml")))
        .contains("DNS_RESOLVERS: 127.0.0.1:%s\n".formatted(ports.getFirst()));
    assertThat(ports).hasSize(1);
  }

  /** By default unbound queries none of the servers of a zone for a quarter of an hour. */
  @Test
  void theResolverQueriesAListAgainSoonAfterItsServersFailed() throws IOException {
    assertThat(Files.readAllLines(Path.of("kubernetes/unbound/unbound.conf")))
        .contains("    infra-keep-probing: yes", "    infra-host-ttl: 60");
  }
}
