package dnsblmonitor.domain;

/**
 * One line in the table of {@code dnsbl-monitor check} (R5b): the result of checking one thing a
 * run needs. Contains no secrets; if something is wrong, {@link #details()} says what to do.
 */
public sealed interface Finding {

  /** What was checked, in a few words. */
  String tried();

  String details();

  /** The check passed. */
  record Holds(String tried, String details) implements Finding {}

  /** A run would work, but perhaps not as expected. */
  record Warns(String tried, String details) implements Finding {}

  /** A run would fail or get no results. */
  record Fails(String tried, String details) implements Finding {}
}
