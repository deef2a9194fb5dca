package dnsblmonitor.domain;

import java.time.Instant;

/** What became of a row when its check was applied to the table as it then stood (R22). */
public sealed interface RowOutcome {

  /** Nothing to write. */
  record Unchanged(RowValues values) implements RowOutcome {}

  /** Written; in a dry run: would have been written. */
  record Updated(RowValues from, RowValues to) implements RowOutcome {}

  /**
   * Nothing lists it any more; it is restored by the first run at {@code notBefore} or later
   * (R20a).
   *
   * @param values the row as it is
   */
  record Waiting(RowValues values, Instant notBefore) implements RowOutcome {}

  /**
   * Not written, since a column cannot take its new value whole (R7a).
   *
   * @param values the row as it is
   */
  record Unwritable(RowValues values, TooNarrow tooNarrow) implements RowOutcome {}

  /**
   * A column and the value that it cannot take.
   *
   * @param width characters that it takes
   * @param needed characters of the value
   */
  record TooNarrow(String column, long width, int needed) {
    @Override
    public String toString() {
      return "%s holds %d characters, but %d are needed: change its type to text"
          .formatted(column, width, needed);
    }
  }

  /** Somebody else kept changing the row; it is left to the next run. */
  record Conflict() implements RowOutcome {}

  /** The row is gone. */
  record Vanished() implements RowOutcome {}
}
