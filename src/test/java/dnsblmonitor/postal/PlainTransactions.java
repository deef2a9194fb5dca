package dnsblmonitor.postal;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceConfiguration;
import jakarta.persistence.PersistenceUnitTransactionType;
import java.util.function.Function;
import org.hibernate.cfg.JdbcSettings;

/** The same Hibernate as in the container, with transactions of its own. */
final class PlainTransactions implements Transactions, AutoCloseable {

  private final EntityManagerFactory factory;

  PlainTransactions(DatabaseSettings settings) {
    factory =
        PostalPersistence.mapping(settings)
            .transactionType(PersistenceUnitTransactionType.RESOURCE_LOCAL)
            .property(PersistenceConfiguration.JDBC_URL, settings.jdbcUrl())
            .property(JdbcSettings.ISOLATION, "READ_COMMITTED")
            .createEntityManagerFactory();
  }

  @Override
  public <T> T inNew(Function<EntityManager, T> work) {
    return factory.callInTransaction(work);
  }

  @Override
  public void close() {
    factory.close();
  }
}
