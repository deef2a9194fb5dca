package dnsblmonitor.postal;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.function.Function;

/** The container's transactions; a new one suspends the chunk's. */
@Dependent
public class JtaTransactions implements Transactions {

  private final PostalPersistence persistence;

  @Inject
  JtaTransactions(PostalPersistence persistence) {
    this.persistence = persistence;
  }

  @Override
  @Transactional(TxType.REQUIRES_NEW)
  public <T> T inNew(Function<EntityManager, T> work) {
    try (EntityManager entityManager = persistence.createEntityManager()) {
      return work.apply(entityManager);
    }
  }
}
