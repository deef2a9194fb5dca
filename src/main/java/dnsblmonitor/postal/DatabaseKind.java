package dnsblmonitor.postal;

/** The supported kinds of database (R9). */
public enum DatabaseKind {
  POSTGRESQL,
  /** Postal's default; the same driver is used for MySQL. */
  MARIADB
}
