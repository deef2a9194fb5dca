package dnsblmonitor.ops;

import dnsblmonitor.testing.NeedsMariaDb;
import dnsblmonitor.testing.SharedServer;

/** The same on a real MariaDB. */
@NeedsMariaDb
class RestoreMariaDbIT extends RestoreIT {

  RestoreMariaDbIT(SharedServer server) {
    super(server);
  }
}
