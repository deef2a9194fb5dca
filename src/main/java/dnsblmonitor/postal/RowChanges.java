package dnsblmonitor.postal;

import static java.util.stream.Collectors.toMap;

import dnsblmonitor.domain.IpCheck;
import dnsblmonitor.domain.RowOutcome;
import dnsblmonitor.domain.RowOutcome.Conflict;
import dnsblmonitor.domain.RowOutcome.Unchanged;
import dnsblmonitor.domain.RowOutcome.Unwritable;
import dnsblmonitor.domain.RowOutcome.Updated;
import dnsblmonitor.domain.RowOutcome.Vanished;
import dnsblmonitor.domain.RowOutcome.Waiting;
import dnsblmonitor.domain.RowValues;
import dnsblmonitor.domain.Transition;
import dnsblmonitor.domain.TransitionRules;
import dnsblmonitor.postal.ConditionalUpdate.Change;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * Applies checks beside other sessions that write the same rows (R22). All rows are first tried
 * together: one read, one batch of conditional updates, one transaction, which waits for nobody. A
 * batch in whose way somebody was is tried again in halves; a row in whose way somebody was goes
 * alone, by Hibernate's versionless optimistic locking, in a transaction of its own.
 */
final class RowChanges {

  /** After that many the row is left to the next run (R22). */
  private static final int ATTEMPTS = 3;

  /** For all that is tried again: somebody may keep every row locked. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Transactions transactions;
  private final ConditionalUpdate update;
  private final RowMapping mapping;
  private final Clock clock;
  private final TransitionRules rules;
  private final boolean write;
  private final RowListener listener;

  /** When patience ends; it begins when somebody is in the way. */
  private Instant patienceEnds = Instant.MAX;

  /** For one use; {@code write} is false in a dry run: the same is decided, nothing is written. */
  RowChanges(
      Transactions transactions,
      ConditionalUpdate update,
      RowMapping mapping,
      Clock clock,
      TransitionRules rules,
      boolean write,
      RowListener listener) {
    this.transactions = transactions;
    this.update = update;
    this.mapping = mapping;
    this.clock = clock;
    this.rules = rules;
    this.write = write;
    this.listener = listener;
  }

  void apply(List<IpCheck> checks) {
    List<IpCheck> disturbed = new ArrayList<>();
    together(checks, disturbed);
    for (IpCheck check : disturbed) {
      if (!listener.goesOn()) {
        return;
      }
      listener.became(check, isPatient() ? alone(check) : new Conflict());
    }
  }

  private boolean isPatient() {
    return clock.instant().isBefore(patienceEnds);
  }

  private void together(List<IpCheck> checks, List<IpCheck> disturbed) {
    if (checks.isEmpty() || !listener.goesOn()) {
      return;
    }
    Optional<Map<Long, RowOutcome>> outcomes =
        isPatient()
            ? unlessContended(LockWait.NONE, em -> together(em, checks))
            : Optional.of(Map.of());
    if (outcomes.isPresent()) {
      checks.forEach(check -> tell(check, outcomes.get(), disturbed));
    } else if (checks.size() == 1) {
      disturbed.addAll(checks);
    } else {
      together(checks.subList(0, checks.size() / 2), disturbed);
      together(checks.subList(checks.size() / 2, checks.size()), disturbed);
    }
  }

  private void tell(IpCheck check, Map<Long, RowOutcome> outcomes, List<IpCheck> disturbed) {
    RowOutcome outcome = outcomes.getOrDefault(check.ip().rowId(), new Conflict());
    if (outcome instanceof Conflict) {
      disturbed.add(check);
    } else {
      listener.became(check, outcome);
    }
  }

  private Map<Long, RowOutcome> together(EntityManager em, List<IpCheck> checks) {
    Map<Long, IpAddressRow> rows = rows(em, checks);
    ColumnWidths widths = widths(em);
    Map<Long, RowOutcome> outcomes = new TreeMap<>();
    List<Change> changes = new ArrayList<>();
    for (IpCheck check : checks) {
      @Nullable IpAddressRow row = rows.get(check.ip().rowId());
      RowOutcome outcome = decide(row, check, widths);
      outcomes.put(check.ip().rowId(), outcome);
      if (row != null && outcome instanceof Updated(_, RowValues to)) {
        changes.add(new Change(row, to));
      }
    }
    if (write && !changes.isEmpty()) {
      em.unwrap(Session.class)
          .doReturningWork(connection -> update.execute(connection, changes, clock.instant()))
          .forEach(id -> outcomes.put(id, new Conflict()));
    }
    return outcomes;
  }

  private static Map<Long, IpAddressRow> rows(EntityManager em, List<IpCheck> checks) {
    return em.createQuery(
            "select r from IpAddressRow r where r.id in :ids order by r.id", IpAddressRow.class)
        .setParameter("ids", checks.stream().map(check -> check.ip().rowId()).toList())
        .getResultStream()
        .collect(toMap(IpAddressRow::id, Function.identity()));
  }

  /** The batch was the first attempt. */
  private RowOutcome alone(IpCheck check) {
    for (int attempt = 2; attempt <= ATTEMPTS; attempt++) {
      Optional<RowOutcome> outcome = unlessContended(LockWait.SHORT, em -> alone(em, check));
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    return new Conflict();
  }

  private RowOutcome alone(EntityManager em, IpCheck check) {
    @Nullable IpAddressRow row = em.find(IpAddressRow.class, check.ip().rowId());
    RowOutcome outcome = decide(row, check, widths(em));
    if (write && row != null && outcome instanceof Updated(_, RowValues to)) {
      row.set(to, clock.instant());
      em.flush();
    }
    return outcome;
  }

  private ColumnWidths widths(EntityManager em) {
    return em.unwrap(Session.class)
        .doReturningWork(connection -> TableColumns.read(connection, update.table()).widths());
  }

  private RowOutcome decide(@Nullable IpAddressRow row, IpCheck check, ColumnWidths widths) {
    if (row == null) {
      return new Vanished();
    }
    if (!mapping.holds(row, check.ip())) {
      return new Conflict();
    }
    RowValues from = row.values();
    Transition transition = rules.decide(from.state(), check.verdict());
    if (transition instanceof Transition.Unchanged) {
      return new Unchanged(from);
    }
    Optional<Instant> restoreNotBefore =
        rules.restoreNotBefore(from.state(), check.verdict(), row.lastChange(), clock.instant());
    if (restoreNotBefore.isPresent()) {
      transition = rules.whileWaiting(from.state(), check.verdict());
      if (transition instanceof Transition.Unchanged) {
        return new Waiting(from, restoreNotBefore.get());
      }
    }
    RowValues to = from.after(transition);
    return widths.tooNarrowFor(to).stream()
        .findFirst()
        .<RowOutcome>map(tooNarrow -> new Unwritable(from, tooNarrow))
        .orElseGet(() -> new Updated(from, to));
  }

  /** Empty where another session was in the way; then nothing of {@code work} stands. */
  private <T> Optional<T> unlessContended(LockWait wait, Function<EntityManager, T> work) {
    try {
      return Optional.of(
          transactions.inNew(em -> {
            em.unwrap(Session.class).doWork(c -> wait.limit(c, update.table().kind()));
            return work.apply(em);
          }));
    } catch (RuntimeException e) {
      if (SqlFailures.isContention(e)) {
        if (patienceEnds.equals(Instant.MAX)) {
          patienceEnds = clock.instant().plus(PATIENCE);
        }
        return Optional.empty();
      }
      throw SqlFailures.translated(e);
    }
  }
}
