package dnsblmonitor.postal;

import dnsblmonitor.domain.Finding;
import dnsblmonitor.domain.Finding.Fails;
import dnsblmonitor.domain.Finding.Holds;
import dnsblmonitor.postal.RunLock.Taken;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds out whether the run lock would hold (R5b): it is one of a session, and a pooler that hands
 * each transaction to any session breaks it unnoticed. What is tried is a lock of another name, so
 * that a run that begins meanwhile is not skipped.
 */
record LockCheck(DatabaseSettings settings) {

  private static final String TRIED = "run lock";

  /** Behind a pooler of a single session the second question is never answered. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** A pooler that takes its sessions in turn shows itself within that many. */
  private static final int STATEMENTS = 10;

  private static final String BROKEN =
      "session locks do not work here, so two runs could run at the same time: "
          + DatabaseException.POOLED;

  Finding finding() {
    SessionLock lock = SessionLock.of(settings);
    int trial = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
    try (Connection first = open();
        Connection second = open()) {
      if (!holds(lock, first, second, trial)) {
        return new Fails(TRIED, BROKEN);
      }
      lock.setKeepAlive(first);
      return lock.holder(first)
          .<Finding>map(LockCheck::held)
          .orElseGet(() -> new Holds(TRIED, "session locks work; no run is in progress"));
    } catch (DatabaseException e) {
      return new Fails(TRIED, e.getMessage());
    } catch (SQLException e) {
      return new Fails(TRIED, DatabaseException.of(e).getMessage());
    }
  }

  private Connection open() throws SQLException {
    Connection connection = DatabaseSession.open(settings, "check");
    connection.setNetworkTimeout(Runnable::run, (int) PATIENCE.toMillis());
    return connection;
  }

  /** The second, in a transaction, sits on the session that such a pooler let the first lock. */
  private static boolean holds(SessionLock lock, Connection first, Connection second, int trial)
      throws SQLException {
    boolean taken = lock.takeTrial(first, trial);
    second.setAutoCommit(false);
    boolean takenTwice = lock.takeTrial(second, trial);
    boolean kept = !takenTwice;
    for (int statement = 0; kept && statement < STATEMENTS; statement++) {
      kept = lock.hasTrial(first, trial);
    }
    // taken twice by one session, it is to be given back twice; what is left dies with its session
    if (takenTwice) {
      lock.releaseTrial(second, trial);
      lock.releaseTrial(second, trial);
    }
    second.rollback();
    if (kept) {
      lock.releaseTrial(first, trial);
    }
    return taken && kept;
  }

  private static Finding held(Taken run) {
    return new Holds(
        TRIED,
        "session locks work; a run is in progress: %s%s"
            .formatted(
                run.holder(), run.age().map(age -> ", for " + age.toSeconds() + " s").orElse("")));
  }
}
