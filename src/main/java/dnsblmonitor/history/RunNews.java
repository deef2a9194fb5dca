package dnsblmonitor.history;

import dnsblmonitor.domain.Ipv4Address;
import java.util.List;
import java.util.Set;

/**
 * What is new in a run compared with what the history says (R39).
 *
 * @param muted changed addresses about which enough messages have been sent
 * @param started conditions that were not there before
 * @param ended conditions that are no longer there
 */
public record RunNews(Set<Ipv4Address> muted, List<Condition> started, List<Condition> ended) {

  public RunNews {
    muted = Set.copyOf(muted);
    started = List.copyOf(started);
    ended = List.copyOf(ended);
  }
}
