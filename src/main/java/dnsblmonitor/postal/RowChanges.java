package dnsblmonitor.postal;

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
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * Applies checks while other sessions may write the same rows (R22), each row in its own
 * transaction with Hibernate's versionless optimistic locking. First tries every row once without
 * waiting for locks, then retries rows that conflicted with another session.
 */
final class RowChanges {

  /** After this many attempts the row is left for the next run (R22). */
  private static final int ATTEMPTS = 3;

  /** The time for all retries, since every row may stay locked. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Transactions transactions;
  private final TableName table;
  private final boolean ipv6;
  private final Clock clock;
  private final TransitionRules rules;
  private final boolean write;
  private final RowListener listener;

  /** The end of the time for retries, which starts with the first conflict. */
  private Instant patienceEnds = Instant.MAX;

  private @Nullable TableColumns columns;

  /** For one use; with {@code write} false (dry run) it decides the same but writes nothing. */
  RowChanges(
      Transactions transactions,
      TableName table,
      boolean ipv6,
      Clock clock,
      TransitionRules rules,
      boolean write,
      RowListener listener) {
    this.transactions = transactions;
    this.table = table;
    this.ipv6 = ipv6;
    this.clock = clock;
    this.rules = rules;
    this.write = write;
    this.listener = listener;
  }

  void apply(List<IpCheck> checks) {
    List<IpCheck> contended = new ArrayList<>();
    for (IpCheck check : checks) {
      if (!listener.goesOn()) {
        return;
      }
      attempt(check, LockWait.NONE)
          .ifPresentOrElse(
              outcome -> listener.onOutcome(check, outcome), () -> contended.add(check));
    }
    for (IpCheck check : contended) {
      if (!listener.goesOn()) {
        return;
      }
      listener.onOutcome(check, tryAgain(check));
    }
  }

  private RowOutcome tryAgain(IpCheck check) {
    Optional<RowOutcome> outcome = Optional.empty();
    for (int attempt = 2; attempt <= ATTEMPTS && outcome.isEmpty(); attempt++) {
      outcome = attempt(check, LockWait.SHORT);
    }
    return outcome.orElseGet(Conflict::new);
  }

  /** Empty if another session conflicted or the time is up; nothing was written then. */
  private Optional<RowOutcome> attempt(IpCheck check, LockWait wait) {
    if (!clock.instant().isBefore(patienceEnds)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          transactions.inNew(em -> {
            em.unwrap(Session.class).doWork(c -> wait.limit(c, table.kind()));
            return apply(em, check);
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

  private RowOutcome apply(EntityManager em, IpCheck check) {
    @Nullable IpAddressRow row = em.find(IpAddressRow.class, check.ip().rowId());
    RowOutcome outcome = decide(row, check, columns(em));
    if (write && row != null && outcome instanceof Updated(_, RowValues to)) {
      row.set(to, clock.instant());
      em.flush();
    }
    return outcome;
  }

  /** Read once, since they change only if the table is altered. */
  private TableColumns columns(EntityManager em) {
    if (columns == null) {
      columns =
          em.unwrap(Session.class)
              .doReturningWork(connection -> TableColumns.read(connection, table));
    }
    return columns;
  }

  private RowOutcome decide(@Nullable IpAddressRow row, IpCheck check, TableColumns columns) {
    if (row == null) {
      return new Vanished();
    }
    if (!row.holds(check.ip(), ipv6)) {
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
    return columns.tooNarrowFor(to).stream()
        .findFirst()
        .<RowOutcome>map(tooNarrow -> new Unwritable(from, tooNarrow))
        .orElseGet(() -> new Updated(from, to));
  }
}
