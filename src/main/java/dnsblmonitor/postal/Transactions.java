package dnsblmonitor.postal;

import jakarta.persistence.EntityManager;
import java.util.function.Function;

/**
 * Runs work in a transaction and persistence context of its own, committed when the work returns.
 * In Liberty the job's chunk transaction is suspended meanwhile, so that no connection sits idle in
 * a transaction for the length of the lookups; in tests a plain Hibernate does the same.
 */
interface Transactions {

  /** What {@code work} returned; its exception, or the commit's, after a rollback. */
  <T> T inNew(Function<EntityManager, T> work);
}
