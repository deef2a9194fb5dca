package dnsblmonitor.postal;

import jakarta.persistence.OptimisticLockException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.TransactionalException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What stands behind that which Hibernate and the container throw. */
final class SqlFailures {

  /**
   * Serialization failure, deadlock, lock not available, and a statement's own time-out, which may
   * be shorter than the one for locks (PostgreSQL, appendix A).
   */
  private static final List<String> CONTENTION_STATES = List.of("40001", "40P01", "55P03", "57014");

  /**
   * MariaDB: a record changed since the snapshot, a lock wait that timed out, a deadlock, a
   * statement's time-out (there and on MySQL); their SQLSTATEs are the general ones.
   */
  private static final List<Integer> CONTENTION_CODES = List.of(1020, 1205, 1213, 1969, 3024);

  private SqlFailures() {}

  /**
   * Whether another session was in the way, so that the same may succeed when tried again: it reads
   * first, so it does no harm either where a COMMIT failed and nobody knows what became of it.
   */
  static boolean isContention(RuntimeException failure) {
    return innermost(failure)
        .map(SqlFailures::isContention)
        .orElseGet(() -> causes(failure).anyMatch(SqlFailures::isRollback));
  }

  /**
   * A conflict that Hibernate found, or a COMMIT that the container's transactions could not do.
   */
  private static boolean isRollback(Throwable cause) {
    return cause instanceof OptimisticLockException
        || cause instanceof RollbackException
        || cause instanceof TransactionalException;
  }

  static boolean isContention(SQLException failure) {
    return CONTENTION_STATES.contains(Objects.requireNonNullElse(failure.getSQLState(), ""))
        || CONTENTION_CODES.contains(failure.getErrorCode());
  }

  /**
   * What the database said, as people are told it; another failure stays what it is. The innermost
   * is the server's own: the one of a batch repeats the whole statement.
   */
  static RuntimeException translated(RuntimeException failure) {
    return innermost(failure).<RuntimeException>map(DatabaseException::of).orElse(failure);
  }

  private static Optional<SQLException> innermost(Throwable failure) {
    return causes(failure)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .reduce((outer, inner) -> inner);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
  }
}
