package dnsblmonitor.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A PostgreSQL that answers on a port of loopback, whoever started it, and its owner's password.
 */
public record PostgresServer(int port, String ownersPassword) {

  /** Adds the monitor's role, which all databases of the server share. */
  public PostgresServer withMonitor() {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create role %s login password '%s'".formatted(TestDatabase.USER, TestDatabase.PASSWORD));
      return this;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A session of the owner; {@code database} may end with the driver's query parameters. */
  Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database), "postgres", ownersPassword);
  }
}
