package dnsblmonitor.postal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.TestDatabase;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The contract on an embedded PostgreSQL. */
class RunLockTest implements RunLockPostgresContract {

  private final TestDatabase database = TestDatabase.create();

  @Override
  public TestDatabase database() {
    return database;
  }

  @Override
  public TestDatabase withoutColumns() {
    return TestDatabase.withoutColumns();
  }

  /** R5: whatever the driver throws, a lock that cannot be checked is none. */
  @Test
  void aLockWhoseCheckFailsUnexpectedlyIsLost() throws SQLException {
    AtomicBoolean broken = new AtomicBoolean();
    AtomicBoolean lost = new AtomicBoolean();
    Connection session = DatabaseSession.open(database.settings(), "test");
    InvocationHandler faulty =
        (_, method, arguments) -> {
          if (broken.get() && method.getName().equals("createStatement")) {
            throw new IllegalStateException("a fault of the driver");
          }
          return method.invoke(session, arguments);
        };
    try (RunLock lock =
        new RunLock(
            (Connection)
                Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, faulty))) {
      lock.watch(Duration.ofMillis(10), () -> lost.set(true));
      assertThat(lock.isHeld()).isTrue();

      broken.set(true);

      Await.until("the loss is noticed", lost::get);
      assertThat(lock.isHeld()).isFalse();
    }
  }

  /** R5: a vanished node's session ends within about a minute: 20 + 3 x 10 s, or 50 s. */
  @Test
  void theServerLooksForASilentHolder() throws SQLException {
    DatabaseSettings settings = database.settings();
    try (Connection connection = DatabaseSession.open(settings, "test");
        Statement statement = connection.createStatement()) {
      SessionLock.of(settings).setKeepAlive(connection);

      assertThat(shown(statement, "tcp_keepalives_idle")).isEqualTo("20");
      assertThat(shown(statement, "tcp_keepalives_interval")).isEqualTo("10");
      assertThat(shown(statement, "tcp_keepalives_count")).isEqualTo("3");
      assertThat(shown(statement, "tcp_user_timeout")).isIn("50s", "50000");
    }
  }

  /** R5, by the session's own time-out, where a setting of TCP is not known. */
  @Test
  void aServerThatDoesNotKnowASettingOfTcpEndsIdleSessions() throws SQLException {
    DatabaseSettings settings = database.settings();
    try (Connection connection = DatabaseSession.open(settings, "test");
        Statement statement = connection.createStatement()) {
      SessionLock.of(settings).setKeepAlive(withoutKnowledgeOf("tcp_user_timeout", connection));

      assertThat(shown(statement, "idle_session_timeout")).isEqualTo("45s");
      assertThatThrownBy(() ->
              SessionLock.of(settings).setKeepAlive(withoutKnowledgeOf("timeout", connection)))
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("the run lock requires tcp_user_timeout")
          .hasMessageContaining("PostgreSQL 14 or later");
    }
  }

  /** The real server, which gets each statement with other names of settings. */
  private static Connection withoutKnowledgeOf(String name, Connection connection) {
    return proxy(
        Connection.class,
        (_, method, _) -> {
          assertThat(method.getName()).isEqualTo("createStatement");
          Statement statement = connection.createStatement();
          return proxy(
              Statement.class,
              (_, called, values) -> {
                if (called.getName().equals("execute")) {
                  return statement.execute(String.valueOf(values[0]).replace(name, "no_" + name));
                }
                statement.close();
                return null;
              });
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static String shown(Statement statement, String setting) throws SQLException {
    try (ResultSet row = statement.executeQuery("show " + setting)) {
      row.next();
      return row.getString(1);
    }
  }

  /** Behind a pooler the session may be much older than the run, or younger. */
  @Test
  void theAgeIsThatOfTheLockAndNotOfItsSession() throws SQLException {
    AdvisoryLock lock = new AdvisoryLock("postal");
    try (Connection holder = DatabaseSession.open(database.settings(), "first");
        Connection other = DatabaseSession.open(database.settings(), "second");
        Statement statement = holder.createStatement()) {
      assertThat(lock.take(holder)).isTrue();
      statement.execute(
          "select pg_advisory_unlock_shared(%1$d, objid::integer) from pg_locks where classid = %1$d"
              .formatted(AdvisoryLock.SINCE_CLASS));
      statement.execute(
          "select pg_advisory_lock_shared(%d, %s - 3600)"
              .formatted(AdvisoryLock.SINCE_CLASS, AdvisoryLock.NOW));

      assertThat(lock.holder(other).orElseThrow().age().orElseThrow())
          .isBetween(Duration.ofHours(1), Duration.ofMinutes(61));
    }
  }
}
