package dnsblmonitor.ops;

import dnsblmonitor.postal.DatabaseKind;
import dnsblmonitor.postal.DatabaseSettings;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Makes and upgrades the history's tables (R36). Flyway takes a lock, so two at once do no harm,
 * and stores what it has done in {@code flyway_schema_history}.
 */
public final class HistoryMigration {

  private final DatabaseSettings database;
  private final Flyway flyway;

  public HistoryMigration(DatabaseSettings database) {
    this(database, "");
  }

  /**
   * @param moreScripts another location of scripts, in tests of later versions; empty: none
   */
  HistoryMigration(DatabaseSettings database, String moreScripts) {
    this.database = database;
    FluentConfiguration configuration =
        Flyway.configure()
            .dataSource(database.jdbcUrl(), database.user(), database.password().reveal())
            .locations(
                moreScripts.isEmpty()
                    ? new String[] {scripts()}
                    : new String[] {scripts(), moreScripts})
            .communityDBSupportEnabled(false)
            .cleanDisabled(true);
    this.flyway =
        switch (database.kind()) {
          case POSTGRESQL -> configuration.defaultSchema(database.schema()).load();
          case MARIADB -> configuration.createSchemas(false).load();
        };
  }

  /** Brings the tables to the current version; returns the versions that it applied. */
  public List<String> run() {
    try {
      return flyway.migrate().migrations.stream().map(applied -> applied.version).toList();
    } catch (FlywayException e) {
      throw new IllegalStateException(e);
    }
  }

  private String scripts() {
    return "classpath:dnsblmonitor/history/"
        + (database.kind() == DatabaseKind.POSTGRESQL ? "postgresql" : "mariadb");
  }
}
