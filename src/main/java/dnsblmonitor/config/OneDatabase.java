package dnsblmonitor.config;

import dnsblmonitor.postal.DatabaseSettings;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Ensures that all runs of a process use the same database. If a mounted file changed, a run could
 * acquire its lock in another database and write concurrently with another run (R5). Thread-safe.
 */
final class OneDatabase {

  private final AtomicReference<@Nullable DatabaseSettings> first = new AtomicReference<>();

  /**
   * Remembers the first settings and returns settings that are equal to them.
   *
   * @throws ConfigurationException if they differ
   */
  DatabaseSettings require(DatabaseSettings now) {
    if (!first.compareAndSet(null, now) && !now.equals(first.get())) {
      throw new ConfigurationException(
          List.of(
              "the DB_ variables, or the files that they name, have changed since the server started; restart the server"));
    }
    return now;
  }
}
