package dnsblmonitor.postal;

import dnsblmonitor.testing.NeedsMariaDb;
import dnsblmonitor.testing.TestMariaDb;

/** The contract on a real MariaDB. */
@NeedsMariaDb
class Ipv6ColumnMariaDbIT implements Ipv6ColumnContract {

  private final PostalTable postal = PostalTable.in(TestMariaDb.create());

  @Override
  public PostalTable postal() {
    return postal;
  }
}
