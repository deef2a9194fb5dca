package dnsblmonitor.postal;

import dnsblmonitor.testing.NeedsMariaDb;
import dnsblmonitor.testing.TestMariaDb;
import java.util.List;

/** The contract on a real MariaDB, where Postal itself runs. */
@NeedsMariaDb
class RailsBesideUsMariaDbIT implements RailsBesideUsContract {

  private final PostalTable postal = PostalTable.in(TestMariaDb.create());

  @Override
  public PostalTable postal() {
    return postal;
  }

  @Override
  public List<String> journal() {
    return List.of(
        """
        create table journal (
          seq bigint primary key auto_increment, id integer, by_monitor boolean,
          priority integer, old_priority integer, lists text,
          new_priority integer, new_old_priority integer, new_lists text, other_columns boolean)
        """,
        """
        create trigger note after update on ip_addresses for each row
          insert into journal values (default, new.id, user() like 'monitor@%',
            old.priority, old."oldPriority", old."blockingLists",
            new.priority, new."oldPriority", new."blockingLists",
            not (old.ip_pool_id <=> new.ip_pool_id and old.ipv4 <=> new.ipv4
              and old.ipv6 <=> new.ipv6 and old.hostname <=> new.hostname
              and old.created_at <=> new.created_at))
        """);
  }
}
