package dnsblmonitor.postal;

import dnsblmonitor.testing.NeedsMariaDb;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestMariaDb;

/** The contract on a real MariaDB. */
@NeedsMariaDb
class RestorationMariaDbIT implements RestorationContract {

  private final TestDatabase database = TestMariaDb.create();

  @Override
  public TestDatabase database() {
    return database;
  }
}
