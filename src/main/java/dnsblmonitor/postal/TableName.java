package dnsblmonitor.postal;

/** The qualified name of Postal's table, for SQL and, by {@link #toString()}, for display. */
record TableName(DatabaseKind kind, String schema) {

  /** Its name without the schema. */
  static final String TABLE = "ip_addresses";

  static TableName of(DatabaseSettings settings) {
    return new TableName(settings.kind(), settings.schema());
  }

  String sql() {
    return quoted(schema) + "." + quoted(TABLE);
  }

  /** {@code name} as a quoted SQL identifier. */
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
