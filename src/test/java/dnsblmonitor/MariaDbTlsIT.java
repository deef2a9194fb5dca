package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.MariaDbServer;
import dnsblmonitor.testing.MonitorProcess.Ended;
import dnsblmonitor.testing.NeedsMariaDb;
import dnsblmonitor.testing.TestAuthority;
import dnsblmonitor.testing.TestMariaDb;
import dnsblmonitor.testing.World;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** TLS_CA_FILE and {@code sslMode}: a MariaDB that lets the monitor in by TLS only. */
@NeedsMariaDb
class MariaDbTlsIT {

  private final TestAuthority authority = TestAuthority.create();
  private final MariaDbServer server =
      MariaDbServer.start(
          "--ssl-cert=" + authority.serverCertificate(), "--ssl-key=" + authority.serverKey());
  private final TestMariaDb database = TestMariaDb.create(server);
  private final World world = World.around(database, "zen.example");

  @AfterEach
  void endWorld() {
    world.close();
    server.close();
  }

  @Test
  void aRunTrustsTheServerByTheGivenFileAndByNoOther() {
    server.execute("alter user monitor require ssl");
    database.insert("203.0.113.7", 80);
    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");

    Ended plain = world.run();
    world.set("DB_URL", database.url() + "?sslMode=verify-full");
    world.set("TLS_CA_FILE", TestAuthority.create().pem().toString());
    Ended stranger = world.run();
    world.set("TLS_CA_FILE", authority.pem().toString());
    Ended known = world.run();

    plain.expectExit(1);
    stranger.expectExit(1);
    assertThat(stranger.event("fatal_error").getString("error_type"))
        .isEqualTo("DatabaseUnreachable");
    assertThat(stranger.event("fatal_error").getString("error_message"))
        .contains("the TLS connection failed; check TLS_CA_FILE");
    known.expectExit(0);
    assertThat(database.row("203.0.113.7").priority()).isZero();
  }
}
