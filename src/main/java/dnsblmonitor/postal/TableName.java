package dnsblmonitor.postal;

/** Postal's table by its full name, for SQL and, as {@link #toString()}, for people. */
record TableName(DatabaseKind kind, String schema) {

  /** Its name without the schema. */
  static final String TABLE = "ip_addresses";

  static TableName of(DatabaseSettings settings) {
    return new TableName(settings.kind(), settings.schema());
  }

  String sql() {
    return quoted(schema) + "." + quoted(TABLE);
  }

  /** {@code name} as SQL takes it letter by letter. */
  String quoted(String name) {
    return switch (kind) {
      case POSTGRESQL -> '"' + name.replace("\"", "\"\"") + '"';
      case MARIADB -> '`' + name.replace("`", "``") + '`';
    };
  }

  @Override
  public String toString() {
    return schema + "." + TABLE;
  }
}
