package dnsblmonitor.history;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.history.Condition.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Brings the open conditions in line with what a run found (R39). Level-triggered, like {@link
 * ListingIntervals}.
 */
final class ConditionIntervals {

  private static final String START =
      """
      insert into conditions (kind, subject, is_open, started_at, details)
      values (?, ?, 1, ?, ?)
      """;

  private static final String END =
      "update conditions set is_open = null, ended_at = ? where id in (%s)";

  private final HistoryStatements statements;
  private final RunRecord run;

  ConditionIntervals(HistoryStatements statements, RunRecord run) {
    this.statements = statements;
    this.run = run;
  }

  /** What identifies a condition while it lasts. */
  private record Key(Kind kind, String subject) {
    static Key of(Condition condition) {
      return new Key(condition.kind(), condition.subject());
    }
  }

  /**
   * Writes what started and what ended; returns it.
   *
   * @param muted for the result
   */
  RunNews write(Set<Ipv4Address> muted) throws SQLException {
    Set<Key> open = new HashSet<>();
    List<Condition> started = new ArrayList<>();
    List<Condition> ended = new ArrayList<>();
    List<Long> over = new ArrayList<>();
    for (Stored stored : stored()) {
      Condition condition = stored.condition();
      open.add(Key.of(condition));
      List<Condition> found = run.findings().conditions().get(condition.kind());
      if (found != null && found.stream().map(Key::of).noneMatch(Key.of(condition)::equals)) {
        ended.add(condition);
        over.add(stored.id());
      }
    }
    statements.execute(END, over, run.end().at());
    try (HistoryStatements.Batch batch = statements.batch(START)) {
      for (List<Condition> found : run.findings().conditions().values()) {
        for (Condition condition : found) {
          if (!open.contains(Key.of(condition))) {
            started.add(condition);
            batch.add(
                condition.kind(),
                new HistoryStatements.Key(condition.subject()),
                run.end().at(),
                condition.text());
          }
        }
      }
      batch.send();
    }
    return new RunNews(muted, started, ended);
  }

  private record Stored(long id, Condition condition) {}

  private List<Stored> stored() throws SQLException {
    return new HistoryQuery("select id, kind, subject, details from conditions")
        .where("is_open = 1")
        .then("order by id")
        .list(
            statements.connection(),
            row ->
                new Stored(
                    row.getLong("id"),
                    new Condition(
                        HistoryQuery.constant(Kind.class, row.getString("kind")),
                        row.getString("subject"),
                        row.getString("details"))));
  }
}
