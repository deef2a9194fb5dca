package dnsblmonitor.postal;

import jakarta.persistence.EntityManager;
import java.util.function.Function;

/**
 * Runs work in a separate transaction and persistence context, committed when the work returns. In
 * Liberty the chunk's transaction is suspended meanwhile, so no connection is idle in a transaction
 * during the lookups; tests use plain Hibernate.
 */
interface Transactions {

  /** Returns the result of {@code work}; after an exception of it or the commit, rolls back. */
  <T> T inNew(Function<EntityManager, T> work);
}
