package dnsblmonitor.postal;

import dnsblmonitor.testing.TestDatabase;

/** The contract on an embedded PostgreSQL. */
class RailsBesideUsTest implements RailsBesideUsContract {

  private final PostalTable postal = PostalTable.in(TestDatabase.create());

  @Override
  public PostalTable postal() {
    return postal;
  }
}
