package dnsblmonitor.domain;

import java.time.Instant;

/** The outcome of applying a check to the current row of the table (R22). */
public sealed interface RowOutcome {

  /** Nothing to write. */
  record Unchanged(RowValues values) implements RowOutcome {}

  /** Written; in a dry run, would have been written. */
  record Updated(RowValues from, RowValues to) implements RowOutcome {}

  /**
   * No longer listed; the first run at or after {@code notBefore} restores it (R20a).
   *
   * @param values the current values
   */
  record Waiting(RowValues values, Instant notBefore) implements RowOutcome {}

  /**
   * Not written, since a column is too narrow for its new value (R7a).
   *
   * @param values the current values
   */
  record Unwritable(RowValues values, TooNarrow tooNarrow) implements RowOutcome {}

  /**
   * A column that is too narrow for a value.
   *
   * @param width in characters
   * @param needed the length of the value
   */
  record TooNarrow(String column, long width, int needed) {
    @Override
    public String toString() {
      return "%s holds %d characters, but %d are needed: change its type to text"
          .formatted(column, width, needed);
    }
  }

  /** The row kept changing; the next run tries again. */
  record Conflict() implements RowOutcome {}

  /** The row no longer exists. */
  record Vanished() implements RowOutcome {}
}
