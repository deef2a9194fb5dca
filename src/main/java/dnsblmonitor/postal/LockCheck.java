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
 * Checks whether the run lock would work (R5b). It is a session lock, so a pooler that runs each
 * transaction in any session breaks it silently. Uses a lock with another name, so that a run that
 * starts meanwhile is not skipped.
 */
record LockCheck(DatabaseSettings settings) {

  private static final String TRIED = "run lock";

  /** Behind a pooler with a single session the second query is never answered. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Enough attempts to detect a pooler that uses its sessions in turn. */
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

  /** Its transaction occupies the session in which such a pooler ran the first connection. */
  private static boolean holds(SessionLock lock, Connection first, Connection second, int trial)
      throws SQLException {
    boolean taken = lock.takeTrial(first, trial);
    second.setAutoCommit(false);
    boolean takenTwice = lock.takeTrial(second, trial);
    boolean kept = !takenTwice;
    for (int statement = 0; kept && statement < STATEMENTS; statement++) {
      kept = lock.hasTrial(first, trial);
    }
    // acquired twice by one session, it must be released twice; any rest ends with its session
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
