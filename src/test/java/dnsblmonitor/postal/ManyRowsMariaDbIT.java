package dnsblmonitor.postal;

import dnsblmonitor.testing.NeedsMariaDb;
import dnsblmonitor.testing.TestMariaDb;
import java.sql.SQLException;
import java.sql.Statement;

/** The contract on a real MariaDB. */
@NeedsMariaDb
class ManyRowsMariaDbIT implements ManyRowsContract {

  private final PostalTable postal = PostalTable.in(TestMariaDb.create());

  @Override
  public PostalTable postal() {
    return postal;
  }

  /** The transaction that has changed the fewest rows is ended. */
  @Override
  public void winDeadlocks(Statement session) throws SQLException {
    session.execute("create temporary table weight (n int) engine=innodb");
    session.execute("insert into weight select seq from seq_1_to_1000");
  }
}
