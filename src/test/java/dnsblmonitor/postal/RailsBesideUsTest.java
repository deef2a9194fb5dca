package dnsblmonitor.postal;

import dnsblmonitor.testing.TestDatabase;
import java.util.List;

/** The contract on an embedded PostgreSQL. */
class RailsBesideUsTest implements RailsBesideUsContract {

  private final PostalTable postal = PostalTable.in(TestDatabase.create());

  @Override
  public PostalTable postal() {
    return postal;
  }

  @Override
  public List<String> journal() {
    return List.of(
        """
        create table journal (
          seq bigserial primary key, id integer, by_monitor boolean,
          priority integer, old_priority integer, lists text,
          new_priority integer, new_old_priority integer, new_lists text, other_columns boolean)
        """,
        """
        create function note() returns trigger language plpgsql security definer as $$
          begin
            insert into postal.journal values (default, new.id, session_user = 'monitor',
              old.priority, old."oldPriority", old."blockingLists",
              new.priority, new."oldPriority", new."blockingLists",
              (old.ip_pool_id, old.ipv4, old.ipv6, old.hostname, old.created_at)
                is distinct from (new.ip_pool_id, new.ipv4, new.ipv6, new.hostname, new.created_at));
            return new;
          end $$
        """,
        "create trigger note after update on ip_addresses for each row execute function note()");
  }
}
