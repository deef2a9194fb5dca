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
 * Sets up Hibernate on Liberty's data source, in the container's transactions.
 *
 * <p>Done here rather than in {@code persistence.xml} because of the password: Liberty writes
 * variables used in {@code server.xml} into its work area ({@code variableCacheData}), and a
 * password must not be in a file (R5e). So the application passes it with each connection.
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
            // no connection is opened to detect the database: the job's transaction would hold it
            // during the lookups
            .property(JdbcSettings.ALLOW_METADATA_ON_BOOT, "false")
            .createEntityManagerFactory();
  }

  /** The settings that do not depend on the connections. */
  static PersistenceConfiguration mapping(DatabaseSettings settings) {
    PersistenceConfiguration mapping =
        new HibernatePersistenceConfiguration("postal")
            .managedClass(IpAddressRow.class)
            .property(PersistenceConfiguration.JDBC_USER, settings.user())
            .property(PersistenceConfiguration.JDBC_PASSWORD, settings.password().reveal())
            .property(JdbcSettings.DIALECT, dialect(settings.kind()).getName())
            // updated_at is UTC (R21) and must not be converted: java.sql.Timestamp would change a
            // time that does not exist in the JVM's time zone
            .property(MappingSettings.JAVA_TIME_USE_DIRECT_JDBC, "true");
    return switch (settings.kind()) {
      // a search path in the URL does not pass through PgBouncer
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
