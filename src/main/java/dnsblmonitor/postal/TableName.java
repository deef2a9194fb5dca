package dnsblmonitor.postal;

/** The qualified name of Postal's table, for SQL and, by {@link #toString()}, for display. */
record TableName(DatabaseKind kind, String schema) {

  /** Its name without the schema. */
  static final String TABLE = "ip_addresses";

  static TableName of(DatabaseSettings settings) {
    return new TableName(settings.kind(), settings.schema());
  }

  String sql() {
    return kind.quoted(schema) + "." + kind.quoted(TABLE);
  }

  @Override
  public String toString() {
    return schema + "." + TABLE;
  }
}
