package dnsblmonitor.postal;

/** The kinds of database in which Postal's table may stand (R9). */
public enum DatabaseKind {
  POSTGRESQL,
  /** Postal's own kind; MySQL is spoken to by the same driver. */
  MARIADB
}
