package dnsblmonitor.domain;

/**
 * What {@code dnsbl-monitor check} found of one thing that a run needs (R5b): a line of its table.
 * Texts hold no secrets; where something is wrong, {@link #details()} says what to do.
 */
public sealed interface Finding {

  /** What was tried, in a few words. */
  String tried();

  String details();

  /** A run has what it needs. */
  record Holds(String tried, String details) implements Finding {}

  /** A run would go on, but not as people expect. */
  record Warns(String tried, String details) implements Finding {}

  /** A run would fail, or learn nothing. */
  record Fails(String tried, String details) implements Finding {}
}
