package dnsblmonitor.domain;

/**
 * A zone held back by the brake (R14a).
 *
 * @param zone its shown name
 * @param newlyListed rows that it would newly list
 * @param rows all clean rows
 */
public record MassListing(String zone, long newlyListed, long rows) {

  /** What an operator can do about it. */
  public static final String ADVICE =
      "If the listings are right, accept them: one address at a time with a manual run (job parameter ips), or all with a higher MASS_LISTING_LIMIT (100 = off). If they are wrong, set the zone's weight to 0, or add it to EXCEPTIONS (*@zone)";

  @Override
  public String toString() {
    return "%s newly lists %d of %d addresses".formatted(zone, newlyListed, rows);
  }
}
