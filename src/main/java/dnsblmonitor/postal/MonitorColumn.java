package dnsblmonitor.postal;

import dnsblmonitor.postal.TableColumns.Column;
import java.util.Optional;
import java.util.Set;

/** A column that the monitor adds to Postal's table (R6): its definition and acceptable types. */
enum MonitorColumn {
  OLD_PRIORITY("oldPriority", Content.PRIORITY),
  BLOCKING_LISTS("blockingLists", Content.NAMES),
  LAST_EVENT("lastEvent", Content.NAMES);

  /** The content of a column, and the type that {@code migrate} creates. */
  private enum Content {
    PRIORITY("integer"),
    NAMES("text");

    private final String type;

    Content(String type) {
      this.type = type;
    }

    /**
     * Whether a column of this information_schema type can hold it. PostgreSQL's {@code character}
     * cannot: its values are padded, so the UPDATE's WHERE clause would match no row.
     */
    private boolean fits(String type) {
      return switch (this) {
        case PRIORITY ->
            Set.of(
                    "smallint",
                    "integer",
                    "bigint",
                    "numeric",
                    "tinyint",
                    "mediumint",
                    "int",
                    "decimal")
                .contains(type);
        case NAMES ->
            Set.of(
                    "text",
                    "character varying",
                    "varchar",
                    "char",
                    "tinytext",
                    "mediumtext",
                    "longtext")
                .contains(type);
      };
    }
  }

  private final String columnName;
  private final Content content;

  MonitorColumn(String columnName, Content content) {
    this.columnName = columnName;
    this.content = content;
  }

  String columnName() {
    return columnName;
  }

  /** As {@code migrate} adds it: NULL in all rows. */
  String definition(TableName table) {
    return table.kind().quoted(columnName) + " " + content.type;
  }

  /** Why {@code column}, which has this name, does not work, and what to do. */
  Optional<String> fault(Column column, TableName table) {
    if (!content.fits(column.type())) {
      return Optional.of(
          "%s is %s, which does not work; change it to %s: %s"
              .formatted(columnName, column.shownType(), content.type, withRightType(table)));
    }
    if (this == OLD_PRIORITY && !column.nullable()) {
      return Optional.of(
          "%s is %s, but must be nullable, since it is NULL while an address is not listed: %s"
              .formatted(columnName, column.shownType(), nullable(column, table)));
    }
    return Optional.empty();
  }

  private String withRightType(TableName table) {
    String name = table.kind().quoted(columnName);
    return switch (table.kind()) {
      case POSTGRESQL ->
          "ALTER TABLE %s ALTER COLUMN %s TYPE %s USING %s::%s"
              .formatted(table.sql(), name, content.type, name, content.type);
      case MARIADB -> "ALTER TABLE %s MODIFY %s %s NULL".formatted(table.sql(), name, content.type);
    };
  }

  private String nullable(Column column, TableName table) {
    String name = table.kind().quoted(columnName);
    return switch (table.kind()) {
      case POSTGRESQL ->
          "ALTER TABLE %s ALTER COLUMN %s DROP NOT NULL".formatted(table.sql(), name);
      case MARIADB ->
          "ALTER TABLE %s MODIFY %s %s NULL".formatted(table.sql(), name, column.type());
    };
  }
}
