package dnsblmonitor.config;

import dnsblmonitor.postal.DatabaseSettings;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The database of all runs of a process: rows are read and written where the first run found them.
 * A run that took its lock elsewhere, since a mounted file has changed, would write beside another
 * one (R5). Safe for use by any thread.
 */
final class OneDatabase {

  private final AtomicReference<@Nullable DatabaseSettings> first = new AtomicReference<>();

  /**
   * Remembers the first settings, and returns those that are the same.
   *
   * @throws ConfigurationException where they are others
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
