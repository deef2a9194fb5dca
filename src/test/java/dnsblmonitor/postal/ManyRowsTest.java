package dnsblmonitor.postal;

import dnsblmonitor.testing.TestDatabase;
import java.sql.SQLException;
import java.sql.Statement;

/** The contract on an embedded PostgreSQL. */
class ManyRowsTest implements ManyRowsContract {

  private final PostalTable postal = PostalTable.in(TestDatabase.create());

  @Override
  public PostalTable postal() {
    return postal;
  }

  /** The session that looks for the deadlock ends itself; this one never looks. */
  @Override
  public void winDeadlocks(Statement session) throws SQLException {
    session.execute("set deadlock_timeout = '10min'");
  }
}
