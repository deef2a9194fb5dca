package dnsblmonitor.domain;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a ticket was told last (R23): that its address is clean, or which zones list it. */
public sealed interface Told {

  record Clean() implements Told {}

  record Listed(SortedSet<String> zones) implements Told {
    public Listed {
      zones = Collections.unmodifiableSortedSet(new TreeSet<>(zones));
    }

    public static Listed by(Collection<String> zones) {
      return new Listed(new TreeSet<>(zones));
    }
  }
}
