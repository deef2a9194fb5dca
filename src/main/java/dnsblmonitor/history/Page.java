package dnsblmonitor.history;

import java.util.List;
import java.util.Optional;

/**
 * A page of records, newest first.
 *
 * @param next what {@link Paging#before} of the next page is; empty on the last page
 */
public record Page<T>(List<T> items, Optional<Long> next) {

  public Page {
    items = List.copyOf(items);
  }
}
