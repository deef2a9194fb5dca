package dnsblmonitor.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * MariaDB's own server with a data folder of its own on a free port of loopback, which sees no
 * configuration of the machine; or one that somebody else started.
 */
public final class MariaDbServer implements AutoCloseable {

  private static final String MEMORY = "--innodb-buffer-pool-size=32M";

  private final int port;
  private final Runnable end;

  private MariaDbServer(int port, Runnable end) {
    this.port = port;
    this.end = end;
  }

  private static final class Shared {
    static final MariaDbServer SERVER = untilThisJvmEnds();

    private static MariaDbServer untilThisJvmEnds() {
      MariaDbServer server = start();
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(server::close));
      return server;
    }
  }

  /** The one that the tests of this JVM share. */
  static MariaDbServer shared() {
    return Shared.SERVER;
  }

  /** Starts another one; {@code options} as in mariadbd(8). */
  public static MariaDbServer start(String... options) {
    ServerFolder folder = ServerFolder.create("mariadb");
    install(folder);
    int port = ServeProcess.freePort();
    List<String> command =
        command(
            RealServer.MARIADB.program(),
            folder,
            "--port=" + port,
            "--bind-address=127.0.0.1",
            "--socket=" + folder.path().resolve("socket"),
            "--skip-name-resolve",
            "--innodb-flush-log-at-trx-commit=0");
    command.addAll(List.of(options));
    NativeServer server = NativeServer.start(command, folder);
    server.awaitSaid("ready for connections");
    MariaDbServer started = new MariaDbServer(port, server::close);
    return started.withMonitor();
  }

  /**
   * One that answers on {@code port} of loopback, where root needs no password. Closing it leaves
   * it as it is.
   */
  public static MariaDbServer startedElsewhere(int port) {
    return new MariaDbServer(port, () -> {}).withMonitor();
  }

  private MariaDbServer withMonitor() {
    execute(
        "create user %s identified by '%s'"
            .formatted(TestDatabase.USER, TestDatabase.PASSWORD.replace("\\", "\\\\")));
    return this;
  }

  private static void install(ServerFolder folder) {
    Path program = RealServer.MARIADB.sibling("mariadb-install-db");
    List<String> command =
        command(program, folder, "--auth-root-authentication-method=normal", "--skip-test-db");
    try {
      Process install =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.path().resolve("install.log").toFile())
              .start();
      if (install.waitFor() != 0) {
        throw new AssertionError("mariadb-install-db failed, see " + folder.path());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  private static List<String> command(Path program, ServerFolder folder, String... options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "--no-defaults",
                "--datadir=" + folder.path().resolve("data"),
                MEMORY));
    if (System.getProperty("user.name").equals("root")) {
      command.add("--user=root");
    }
    command.addAll(List.of(options));
    return command;
  }

  int port() {
    return port;
  }

  /** Runs SQL as the server's owner. */
  public void execute(String sql) {
    execute(sql, "");
  }

  /** Runs several statements in one session. */
  void executeAll(String script) {
    execute(script, "?allowMultiQueries=true");
  }

  private void execute(String sql, String parameters) {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:mariadb://127.0.0.1:%d/%s".formatted(port, parameters), "root", "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  @Override
  public void close() {
    end.run();
  }
}
