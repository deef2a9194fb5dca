package dnsblmonitor.postal;

import dnsblmonitor.testing.TestDatabase;

/** The contract on an embedded PostgreSQL. */
class Ipv6ColumnTest implements Ipv6ColumnContract {

  private final PostalTable postal = PostalTable.in(TestDatabase.create());

  @Override
  public PostalTable postal() {
    return postal;
  }
}
