package dnsblmonitor.history;

import java.util.Optional;

/**
 * Which page of records to read. Pages are bounded by ids, so that new records do not move them.
 *
 * @param before only records with a smaller id; empty for the first page
 * @param limit the number of records, 1-{@value #MAX_LIMIT}
 */
public record Paging(Optional<Long> before, int limit) {

  public static final int MAX_LIMIT = 1_000;

  public Paging {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1-%d: %d".formatted(MAX_LIMIT, limit));
    }
  }

  /** The first page. */
  public static Paging first(int limit) {
    return new Paging(Optional.empty(), limit);
  }
}
