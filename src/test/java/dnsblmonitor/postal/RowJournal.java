package dnsblmonitor.postal;

import dnsblmonitor.domain.IpState.Throttled;
import dnsblmonitor.domain.RowValues;
import dnsblmonitor.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Every update that {@code ip_addresses} saw, in order, written by a trigger: who wrote it, and the
 * values that really stood before and after. So it shows what the monitor overwrote, whatever the
 * monitor believed.
 *
 * @param rows as they stand at the end
 */
record RowJournal(
    List<Entry> entries, List<TestDatabase.Row> rows, int listedPriority, int fallback) {

  /** One update; {@code otherColumns} tells whether it changed what the monitor must not write. */
  private record Entry(
      long id, boolean byMonitor, RowValues before, RowValues after, boolean otherColumns) {}

  /** Begins the journal of {@code database}. */
  static void keep(TestDatabase database) {
    List<String> statements =
        switch (database.settings().kind()) {
          case POSTGRESQL ->
              List.of(
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
          case MARIADB ->
              List.of(
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
        };
    statements.forEach(database::execute);
  }

  static RowJournal read(TestDatabase database, int listedPriority, int fallback)
      throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "select id, by_monitor, priority, old_priority, lists,"
                    + " new_priority, new_old_priority, new_lists, other_columns"
                    + " from journal order by seq")) {
      List<Entry> entries = new ArrayList<>();
      while (found.next()) {
        entries.add(
            new Entry(
                found.getLong(1),
                found.getBoolean(2),
                values(found, 3),
                values(found, 6),
                found.getBoolean(9)));
      }
      return new RowJournal(entries, database.rows(), listedPriority, fallback);
    }
  }

  private static RowValues values(ResultSet found, int column) throws SQLException {
    return new RowValues(
        found.getObject(column, Integer.class),
        found.getObject(column + 1, Integer.class),
        found.getString(column + 2),
        null);
  }

  long writesOfTheMonitor() {
    return entries.stream().filter(Entry::byMonitor).count();
  }

  long writesOfPeople() {
    return entries.size() - writesOfTheMonitor();
  }

  /** What should not have happened, in words. */
  List<String> faults() {
    Map<Long, History> histories = new TreeMap<>();
    List<String> faults = new ArrayList<>();
    for (Entry entry : entries) {
      History history = histories.computeIfAbsent(entry.id(), _ -> new History());
      history.follow(entry).forEach(fault -> faults.add(fault + ": " + entry));
    }
    for (TestDatabase.Row row : rows) {
      RowValues now = new RowValues(row.priority(), row.oldPriority(), row.blockingLists(), null);
      boolean raised = histories.computeIfAbsent(row.id(), _ -> new History()).raisedWhileListed;
      if (isListed(now) && !raised && !Objects.equals(row.priority(), listedPriority)) {
        faults.add("listed and not throttled at the end: " + row);
      }
      if (!isListed(now)
          && Objects.equals(row.priority(), listedPriority)
          && !histories.get(row.id()).byPerson) {
        faults.add("clean and throttled for ever: " + row);
      }
    }
    return faults;
  }

  private static boolean isListed(RowValues values) {
    return values.state() instanceof Throttled;
  }

  /** Follows one row. */
  private final class History {

    /** A person wrote the priority while the row was listed. */
    private boolean raisedWhileListed;

    /** The row's priority comes from a person, by way of oldPriority too. */
    private boolean byPerson = true;

    /** What oldPriority holds comes from a person. */
    private boolean oldByPerson = true;

    List<String> follow(Entry entry) {
      return entry.byMonitor() ? monitorWrote(entry) : personWrote(entry);
    }

    private List<String> personWrote(Entry entry) {
      if (!Objects.equals(entry.before().priority(), entry.after().priority())) {
        byPerson = true;
        raisedWhileListed = raisedWhileListed || isListed(entry.before());
      }
      if (!Objects.equals(entry.before().oldPriority(), entry.after().oldPriority())) {
        oldByPerson = true;
      }
      return List.of();
    }

    private List<String> monitorWrote(Entry entry) {
      List<String> faults = new ArrayList<>();
      RowValues before = entry.before();
      RowValues after = entry.after();
      if (entry.otherColumns()) {
        faults.add("a column of Postal's changed");
      }
      if (isListed(before) && isListed(after)) {
        if (!Objects.equals(before.priority(), after.priority())
            || !Objects.equals(before.oldPriority(), after.oldPriority())) {
          faults.add("priorities changed while listed");
        }
      } else if (isListed(after)) {
        faults.addAll(listed(before, after));
      } else if (isListed(before) || isListLost(before)) {
        faults.addAll(delisted(before, after));
      } else {
        faults.add("a clean row was written");
      }
      return faults;
    }

    private List<String> delisted(RowValues before, RowValues after) {
      int wanted = Objects.requireNonNullElse(before.oldPriority(), fallback);
      byPerson = oldByPerson;
      raisedWhileListed = false;
      return Objects.equals(after.priority(), wanted) && after.oldPriority() == null
          ? List.of()
          : List.of("the old priority was not given back");
    }

    private List<String> listed(RowValues before, RowValues after) {
      List<String> faults = new ArrayList<>();
      raisedWhileListed = false;
      if (!Objects.equals(after.priority(), listedPriority)) {
        faults.add("listed and not throttled");
      }
      if (isListLost(before)) {
        if (!Objects.equals(after.oldPriority(), before.oldPriority())) {
          faults.add("the priority before was lost with the list");
        }
        return faults;
      }
      int priority = before.state().priority();
      if (!Objects.equals(after.oldPriority(), priority)) {
        faults.add("the priority before was lost");
      }
      if (priority == listedPriority && !byPerson) {
        faults.add("the priority of a listed address taken for the one before");
      }
      oldByPerson = byPerson;
      byPerson = false;
      return faults;
    }
  }

  /** A person's form emptied the list in the moment in which the row was throttled. */
  private boolean isListLost(RowValues values) {
    return !isListed(values)
        && values.oldPriority() != null
        && values.state().priority() == listedPriority;
  }
}
