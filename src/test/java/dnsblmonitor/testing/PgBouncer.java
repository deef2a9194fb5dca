package dnsblmonitor.testing;

import dnsblmonitor.postal.DatabaseSettings;
import java.util.ArrayList;
import java.util.List;

/** The real PgBouncer in front of a {@link TestDatabase} on PostgreSQL, on loopback. */
public final class PgBouncer implements AutoCloseable {

  private final NativeServer server;
  private final TestDatabase database;
  private final int port;

  private PgBouncer(NativeServer server, TestDatabase database, int port) {
    this.server = server;
    this.database = database;
    this.port = port;
  }

  /** Starts one; {@code poolMode} as in pgbouncer.ini. It lets the monitor's user in. */
  public static PgBouncer before(TestDatabase database, String poolMode) {
    ServerFolder folder = ServerFolder.create("pgbouncer");
    int port = ServeProcess.freePort();
    var users =
        folder.write(
            "users",
            "\"%s\" \"%s\"%n"
                .formatted(TestDatabase.USER, TestDatabase.PASSWORD.replace("\"", "\"\"")));
    var settings =
        folder.write(
            "pgbouncer.ini",
            """
            [databases]
            * = host=127.0.0.1 port=%d
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %d
            unix_socket_dir =
            auth_type = scram-sha-256
            auth_file = %s
            pool_mode = %s
            ignore_startup_parameters = extra_float_digits,search_path
            """
                .formatted(database.port(), port, users, poolMode));
    List<String> command = new ArrayList<>(List.of(RealServer.PGBOUNCER.program().toString()));
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("-u", "nobody")); // it refuses to run as root
    }
    command.add(settings.toString());
    NativeServer server = NativeServer.start(command, folder);
    server.awaitSaid("process up");
    return new PgBouncer(server, database, port);
  }

  /** How the monitor reaches the database through it. */
  public DatabaseSettings settings() {
    DatabaseSettings direct = database.settings();
    return new DatabaseSettings(
        direct.kind(),
        direct.jdbcUrl().replace(":" + database.port() + "/", ":" + port + "/"),
        direct.user(),
        direct.password(),
        direct.schema());
  }

  /** What an operator writes into {@code DB_URL}. */
  public String url() {
    return database.url().replace(":" + database.port() + "/", ":" + port + "/");
  }

  @Override
  public void close() {
    server.close();
  }
}
