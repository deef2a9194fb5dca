package dnsblmonitor.history;

/** A part of a run, in their order. */
public enum Phase {
  /** From the start of the process to the start of the job; in {@code serve}, none. */
  START,
  /** The table is checked, and the run lock acquired. */
  PREPARE,
  /** Zones are probed, addresses looked up, rows written. */
  LOOKUPS,
  /** Tickets are searched and written. */
  TICKETS
}
