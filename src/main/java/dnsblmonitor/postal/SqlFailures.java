package dnsblmonitor.postal;

import jakarta.persistence.OptimisticLockException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.TransactionalException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the database errors behind exceptions of Hibernate and the container. */
final class SqlFailures {

  /**
   * Serialization failure, deadlock, lock not available, and a statement time-out, which may be
   * shorter than the lock time-out (PostgreSQL, appendix A).
   */
  private static final List<String> CONTENTION_STATES = List.of("40001", "40P01", "55P03", "57014");

  /**
   * MariaDB: record changed since the snapshot, lock wait timed out, deadlock, statement time-out
   * (also MySQL's); they have only general SQLSTATEs.
   */
  private static final List<Integer> CONTENTION_CODES = List.of(1020, 1205, 1213, 1969, 3024);

  private SqlFailures() {}

  /**
   * Whether another session conflicted, so that a retry may succeed. A retry rereads the row, so it
   * is safe even after a COMMIT with an unknown outcome.
   */
  static boolean isContention(RuntimeException failure) {
    return innermost(failure)
        .map(SqlFailures::isContention)
        .orElseGet(() -> causes(failure).anyMatch(SqlFailures::isRollback));
  }

  /** A conflict found by Hibernate, or a COMMIT that failed in the container's transactions. */
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
   * Converts database errors to a {@link DatabaseException}; returns other failures unchanged. Uses
   * the innermost error, since a batch's error repeats the whole statement.
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
