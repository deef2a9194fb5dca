package dnsblmonitor.domain;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** The state that a ticket last reported (R23): clean, or the zones that list its address. */
public sealed interface ReportedState {

  record Clean() implements ReportedState {}

  record Listed(SortedSet<String> zones) implements ReportedState {
    public Listed {
      zones = Collections.unmodifiableSortedSet(new TreeSet<>(zones));
    }

    public static Listed by(Collection<String> zones) {
      return new Listed(new TreeSet<>(zones));
    }
  }
}
