package dnsblmonitor.notify;

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

  /** As in {@code NOTIFY_ON}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
