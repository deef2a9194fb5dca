package dnsblmonitor.config;

import dnsblmonitor.domain.Secret;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * A user of {@code serve}.
 *
 * @param name 1-64 letters, digits and {@code . _ @ -}
 * @param roles at least one
 */
public record ServeUser(String name, Set<Role> roles, Secret password) {

  public ServeUser {
    roles = Collections.unmodifiableSet(EnumSet.copyOf(roles));
  }

  /** The roles of Jakarta Batch on Liberty. */
  public enum Role {
    /** All operations on all jobs, and Liberty's Admin Center. */
    ADMIN("batchAdmin"),
    /** Start, stop, restart and view their own jobs. */
    SUBMITTER("batchSubmitter"),
    /** View all jobs and their logs. */
    MONITOR("batchMonitor");

    private final String batchRole;

    Role(String batchRole) {
      this.batchRole = batchRole;
    }

    /** The name in configuration. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Liberty's name for it. */
    public String batchRole() {
      return batchRole;
    }
  }
}
