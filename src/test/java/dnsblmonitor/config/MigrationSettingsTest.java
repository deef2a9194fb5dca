package dnsblmonitor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dnsblmonitor.postal.DatabaseSettings;
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
                        Map.of(
                            "DB_SCHEMA",
                            "postal",
                            "DB_KIND",
                            "postgresql",
                            "HISTORY_DB_SCHEMA",
                            "dnsbl_history",
                            "DRY_RUN",
                            "no"),
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
    assertThat(settings.history()).isEmpty();
    assertThat(settings.dryRun()).isTrue();
  }

  /** R36. */
  @Test
  void theHistoryIsReadIfThereIsOne() {
    Map<String, String> variables =
        Map.of(
            "DB_URL",
            "mariadb://owner:pw@db.example.com/postal",
            "HISTORY_DB_URL",
            "postgresql://keeper:pw@db.example.com/runs",
            "HISTORY_RETENTION",
            "nonsense that migrate does not need");

    DatabaseSettings history = read(variables).history().orElseThrow();

    assertThat(history.user()).isEqualTo("keeper");
    assertThat(history.schema()).isEqualTo("dnsbl_history");
  }

  @Test
  void faultsElsewhereDoNotMatter() {
    String url = "postgresql://owner:pw@db.example.com/postal";

    assertThat(read(Map.of("DB_URL", url, "JIRA_SERVER", "nonsense", "DNS_TIMEOUT", "0")).dryRun())
        .isFalse();
  }

  @Test
  void allFaultsAreNamedAtOnce() {
    assertThatThrownBy(() ->
            read(
                Map.of(
                    "DB_HOST",
                    "db.example.com",
                    "DRY_RUN",
                    "?",
                    "TLS_CA_FILE",
                    "/no",
                    "HISTORY_DB_URL",
                    "canary")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(
            "DB_NAME: is required",
            "DB_USER: is required",
            "DB_PASSWORD: is required",
            "DRY_RUN: '?'",
            "HISTORY_DB_URL: is not a URL",
            "TLS_CA_FILE: ");
  }
}
