package dnsblmonitor.postal;

import jakarta.persistence.OptimisticLockException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What stands behind that which Hibernate and the container throw. */
final class SqlFailures {

  /** Serialization failure, deadlock, lock not available (PostgreSQL, appendix A). */
  private static final List<String> CONTENTION_STATES = List.of("40001", "40P01", "55P03");

  /**
   * MariaDB: a record changed since the snapshot, a lock wait that timed out, a deadlock; their
   * SQLSTATEs are the general ones.
   */
  private static final List<Integer> CONTENTION_CODES = List.of(1020, 1205, 1213);

  private SqlFailures() {}

  /** Whether another session was in the way, so that the same may succeed when tried again. */
  static boolean isContention(RuntimeException failure) {
    return causes(failure)
        .anyMatch(cause ->
            cause instanceof OptimisticLockException
                || (cause instanceof SQLException sql && isContention(sql)));
  }

  private static boolean isContention(SQLException failure) {
    return CONTENTION_STATES.contains(Objects.requireNonNullElse(failure.getSQLState(), ""))
        || CONTENTION_CODES.contains(failure.getErrorCode());
  }

  /**
   * What the database said, as people are told it; another failure stays what it is. The innermost
   * is the server's own: the one of a batch repeats the whole statement.
   */
  static RuntimeException translated(RuntimeException failure) {
    return causes(failure)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .reduce((outer, inner) -> inner)
        .<RuntimeException>map(DatabaseException::of)
        .orElse(failure);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
  }
}
