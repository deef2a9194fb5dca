package dnsblmonitor;

import dnsblmonitor.testing.World;

/** The contract on PostgreSQL. */
class DatabaseFaultsIT implements DatabaseFaultsContract {

  private final World world = World.with("zen.example");

  @Override
  public World world() {
    return world;
  }
}
