package dnsblmonitor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** R2 for {@code migrate}: the database's variables, and no others, are read and judged. */
class MigrationSettingsTest {

  private static MigrationSettings read(Map<String, String> variables) {
    return new Environment(
            new SmallRyeConfigBuilder()
                .withSources(
                    new PropertiesConfigSource(
                        Map.of("DB_SCHEMA", "postal", "DB_KIND", "postgresql", "DRY_RUN", "no"),
                        "defaults",
                        100),
                    new PropertiesConfigSource(variables, "environment", 300))
                .build())
        .migrationSettings();
  }

  @Test
  void theDatabaseIsEnough() {
    MigrationSettings settings =
        read(Map.of("DB_URL", "mariadb://owner:pw@db.example.com/postal", "DRY_RUN", "true"));

    assertThat(settings.database().user()).isEqualTo("owner");
    assertThat(settings.dryRun()).isTrue();
  }

  @Test
  void faultsElsewhereDoNotMatter() {
    String url = "postgresql://owner:pw@db.example.com/postal";

    assertThat(read(Map.of("DB_URL", url, "JIRA_SERVER", "nonsense", "DNS_TIMEOUT", "0")).dryRun())
        .isFalse();
  }

  @Test
  void allFaultsAreNamedAtOnce() {
    assertThatThrownBy(
            () -> read(Map.of("DB_HOST", "db.example.com", "DRY_RUN", "?", "TLS_CA_FILE", "/no")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(
            "DB_NAME: is required",
            "DB_USER: is required",
            "DB_PASSWORD: is required",
            "DRY_RUN: '?'",
            "TLS_CA_FILE: ");
  }
}
