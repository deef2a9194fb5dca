package dnsblmonitor.history;

import dnsblmonitor.domain.Ipv4Address;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * What a run found out.
 *
 * @param listed all listed addresses of the table with the zones that list them according to their
 *     rows; empty if the run ended before it read them
 * @param conditions by kind; a kind is missing if the run cannot say whether there is one
 * @param notChecked rows that were left for the next run (R7b)
 * @param exceptions the entries of {@code EXCEPTIONS} in force (R20b)
 */
public record RunFindings(
    Optional<SortedMap<Ipv4Address, SortedSet<String>>> listed,
    Map<Condition.Kind, List<Condition>> conditions,
    long notChecked,
    int exceptions) {

  /** Of a run that found out nothing. */
  public static final RunFindings NONE = new RunFindings(Optional.empty(), Map.of(), 0, 0);

  public RunFindings {
    listed = listed.map(rows -> Collections.unmodifiableSortedMap(new TreeMap<>(rows)));
    Map<Condition.Kind, List<Condition>> copy = new EnumMap<>(Condition.Kind.class);
    copy.putAll(conditions);
    conditions = Collections.unmodifiableMap(copy);
  }
}
