package dnsblmonitor.config;

import dnsblmonitor.domain.Secret;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Somebody who may log in to {@code serve}.
 *
 * @param name 1-64 letters, digits and {@code . _ @ -}
 * @param roles at least one
 */
public record ServeUser(String name, Set<Role> roles, Secret password) {

  public ServeUser {
    roles = Collections.unmodifiableSet(EnumSet.copyOf(roles));
  }

  /** What they may do: the roles of Jakarta Batch on Liberty. */
  public enum Role {
    /** Everything, with everybody's jobs, and Liberty's Admin Center. */
    ADMIN("batchAdmin"),
    /** Start, stop and restart jobs of their own, and look at those. */
    SUBMITTER("batchSubmitter"),
    /** Look at everybody's jobs and their logs. */
    MONITOR("batchMonitor");

    private final String batchRole;

    Role(String batchRole) {
      this.batchRole = batchRole;
    }

    /** As users write it. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Liberty's name of it. */
    public String batchRole() {
      return batchRole;
    }
  }
}
