package dnsblmonitor.domain;

/** What became of a row when its check was applied to the table as it then stood (R22). */
public sealed interface RowOutcome {

  /** Nothing to write. */
  record Unchanged(RowValues values) implements RowOutcome {}

  /** Written; in a dry run: would have been written. */
  record Updated(RowValues from, RowValues to) implements RowOutcome {}

  /** Somebody else kept changing the row; it is left to the next run. */
  record Conflict() implements RowOutcome {}

  /** The row is gone. */
  record Vanished() implements RowOutcome {}
}
