package dnsblmonitor;

import dnsblmonitor.testing.NeedsMariaDb;
import dnsblmonitor.testing.TestMariaDb;
import dnsblmonitor.testing.World;

/** The contract on MariaDB. */
@NeedsMariaDb
class DatabaseFaultsMariaDbIT implements DatabaseFaultsContract {

  private final World world = World.around(TestMariaDb.create(), "zen.example");

  @Override
  public World world() {
    return world;
  }
}
