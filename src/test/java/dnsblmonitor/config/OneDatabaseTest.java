package dnsblmonitor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dnsblmonitor.domain.Secret;
import dnsblmonitor.postal.DatabaseKind;
import dnsblmonitor.postal.DatabaseSettings;
import org.junit.jupiter.api.Test;

/** R5: all runs of a process lock and write in the same database. */
class OneDatabaseTest {

  private final OneDatabase database = new OneDatabase();

  private static DatabaseSettings settings(String host, String password) {
    return new DatabaseSettings(
        DatabaseKind.POSTGRESQL,
        "jdbc:postgresql://%s/postal".formatted(host),
        "monitor",
        new Secret(password),
        "postal");
  }

  @Test
  void theSameSettingsReadAgainAreTheSame() {
    database.require(settings("db.example.com", "canary"));

    DatabaseSettings again = settings("db.example.com", "canary");
    assertThat(database.require(again)).isSameAs(again);
  }

  @Test
  void anotherServerOrPasswordIsRefusedWithoutBeingShown() {
    database.require(settings("db.example.com", "canary"));

    assertThatThrownBy(() -> database.require(settings("other.example.com", "canary")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("have changed since the server started; restart the server");
    assertThatThrownBy(() -> database.require(settings("db.example.com", "canary-new")))
        .isInstanceOf(ConfigurationException.class)
        .message()
        .doesNotContain("canary", "example");
  }
}
