package dnsblmonitor.postal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The container's transactions: a new one suspends that of the chunk. */
@ApplicationScoped
public class JtaTransactions implements Transactions {

  @PersistenceContext private @Nullable EntityManager entityManager;

  @Override
  @Transactional(TxType.REQUIRES_NEW)
  public <T> T inNew(Function<EntityManager, T> work) {
    return work.apply(Objects.requireNonNull(entityManager));
  }
}
