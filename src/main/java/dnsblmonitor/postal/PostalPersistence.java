package dnsblmonitor.postal;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceConfiguration;
import jakarta.persistence.PersistenceUnitTransactionType;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.cfg.MappingSettings;
import org.hibernate.cfg.TransactionSettings;
import org.hibernate.dialect.Dialect;
import org.hibernate.dialect.MariaDBDialect;
import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.engine.transaction.jta.platform.internal.WebSphereLibertyJtaPlatform;
import org.hibernate.jpa.HibernatePersistenceConfiguration;

/**
 * Hibernate on Liberty's data source, in the container's transactions.
 *
 * <p>Set up here and not by a {@code persistence.xml} because of the password: what {@code
 * server.xml} takes from a variable, Liberty writes into its work area ({@code variableCacheData}),
 * and a password must not stand in a file (R5e). So the application gives it with each connection.
 */
public final class PostalPersistence implements AutoCloseable {

  private static final String DATA_SOURCE = "jdbc/postal";

  private final EntityManagerFactory factory;

  public PostalPersistence(DatabaseSettings settings) {
    factory =
        mapping(settings)
            .transactionType(PersistenceUnitTransactionType.JTA)
            .jtaDataSource(DATA_SOURCE)
            .property(TransactionSettings.JTA_PLATFORM, WebSphereLibertyJtaPlatform.class.getName())
            // no connection is opened to ask which database it is: the job's own transaction
            // would hold it while the lookups are awaited
            .property(JdbcSettings.ALLOW_METADATA_ON_BOOT, "false")
            .createEntityManagerFactory();
  }

  /** What does not depend on where the connections come from. */
  static PersistenceConfiguration mapping(DatabaseSettings settings) {
    PersistenceConfiguration mapping =
        new HibernatePersistenceConfiguration("postal")
            .managedClass(IpAddressRow.class)
            .property(PersistenceConfiguration.JDBC_USER, settings.user())
            .property(PersistenceConfiguration.JDBC_PASSWORD, settings.password().reveal())
            .property(JdbcSettings.DIALECT, dialect(settings.kind()).getName())
            // updated_at is UTC (R21) and goes through no time zone: by way of java.sql.Timestamp a
            // time that the zone of this JVM skips would become another
            .property(MappingSettings.JAVA_TIME_USE_DIRECT_JDBC, "true");
    return switch (settings.kind()) {
      // what the URL says of the search path does not pass through a PgBouncer
      case POSTGRESQL ->
          mapping.property(MappingSettings.DEFAULT_SCHEMA, "`" + settings.schema() + "`");
      case MARIADB -> mapping;
    };
  }

  private static Class<? extends Dialect> dialect(DatabaseKind kind) {
    return switch (kind) {
      case POSTGRESQL -> PostgreSQLDialect.class;
      case MARIADB -> MariaDBDialect.class;
    };
  }

  EntityManager createEntityManager() {
    return factory.createEntityManager();
  }

  @Override
  public void close() {
    factory.close();
  }
}
