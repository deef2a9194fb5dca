package dnsblmonitor.postal;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceConfiguration;
import jakarta.persistence.PersistenceUnitTransactionType;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.cfg.TransactionSettings;
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
        new HibernatePersistenceConfiguration("postal")
            .managedClass(IpAddressRow.class)
            .transactionType(PersistenceUnitTransactionType.JTA)
            .jtaDataSource(DATA_SOURCE)
            .property(PersistenceConfiguration.JDBC_USER, settings.user())
            .property(PersistenceConfiguration.JDBC_PASSWORD, settings.password().reveal())
            .property(TransactionSettings.JTA_PLATFORM, WebSphereLibertyJtaPlatform.class.getName())
            // no connection is opened to ask which database it is: the job's own transaction
            // would hold it while the lookups are awaited
            .property(JdbcSettings.ALLOW_METADATA_ON_BOOT, "false")
            .property(JdbcSettings.DIALECT, PostgreSQLDialect.class.getName())
            .createEntityManagerFactory();
  }

  EntityManager createEntityManager() {
    return factory.createEntityManager();
  }

  @Override
  public void close() {
    factory.close();
  }
}
