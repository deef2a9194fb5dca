package dnsblmonitor.postal;

/** The supported kinds of database (R9). */
public enum DatabaseKind {
  POSTGRESQL,
  /** Postal's default; the same driver is used for MySQL. */
  MARIADB;

  /** {@code name} as a quoted SQL identifier. */
  public String quoted(String name) {
    return switch (this) {
      case POSTGRESQL -> '"' + name.replace("\"", "\"\"") + '"';
      case MARIADB -> '`' + name.replace("`", "``") + '`';
    };
  }
}
