package dnsblmonitor.notify;

import dnsblmonitor.history.Condition;
import dnsblmonitor.history.RowChange;
import java.util.Locale;

/** What a notification can be about (R39). */
public enum Topic {
  /** An address is newly listed. */
  LISTED,
  /** Other blocklists list an address than before. */
  CHANGED,
  /** An address is no longer listed. */
  RESTORED,
  POOL_EXHAUSTED,
  LIST_BROKEN,
  MALFUNCTION,
  MASS_LISTING,
  RUN_FAILED;

  /** The topic of a row change. */
  static Topic of(RowChange.Type type) {
    return switch (type) {
      case NEWLY_LISTED -> LISTED;
      case CHANGED -> CHANGED;
      case RESTORED -> RESTORED;
    };
  }

  /** The topic of what lasts. */
  static Topic of(Condition.Kind kind) {
    return switch (kind) {
      case LIST_BROKEN -> LIST_BROKEN;
      case MASS_LISTING -> MASS_LISTING;
      case POOL_EXHAUSTED -> POOL_EXHAUSTED;
      case MALFUNCTION -> MALFUNCTION;
    };
  }

  /** As in {@code NOTIFY_ON}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
