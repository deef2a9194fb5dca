package dnsblmonitor.postal;

import dnsblmonitor.testing.TestDatabase;

/** The contract on an embedded PostgreSQL. */
class ManyRowsTest implements ManyRowsContract {

  private final PostalTable postal = PostalTable.in(TestDatabase.create());

  @Override
  public PostalTable postal() {
    return postal;
  }
}
