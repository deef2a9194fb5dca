package dnsblmonitor;

import dnsblmonitor.testing.NeedsMariaDb;
import dnsblmonitor.testing.SharedServer;
import dnsblmonitor.testing.World;

/** The contract on MariaDB. */
@NeedsMariaDb
class DatabaseFaultsMariaDbIT implements DatabaseFaultsContract {

  private final World world;

  DatabaseFaultsMariaDbIT(SharedServer server) {
    world = server.world("zen.example");
  }

  @Override
  public World world() {
    return world;
  }
}
