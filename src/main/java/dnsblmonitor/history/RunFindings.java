package dnsblmonitor.history;

import dnsblmonitor.domain.Ipv4Address;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * What a run found out.
 *
 * @param listed the listed addresses with the zones that list them according to their rows
 * @param conditions by kind; a kind is missing if the run cannot say whether there is one
 * @param notChecked rows that were left for the next run (R7b)
 * @param exceptions the entries of {@code EXCEPTIONS} in force (R20b)
 */
public record RunFindings(
    SortedMap<Ipv4Address, SortedSet<String>> listed,
    Map<Condition.Kind, List<Condition>> conditions,
    long notChecked,
    int exceptions) {

  /** Of a run that looked nothing up. */
  public static final RunFindings NONE = new RunFindings(new TreeMap<>(), Map.of(), 0, 0);

  public RunFindings {
    listed = Collections.unmodifiableSortedMap(new TreeMap<>(listed));
    Map<Condition.Kind, List<Condition>> copy = new EnumMap<>(Condition.Kind.class);
    copy.putAll(conditions);
    conditions = Collections.unmodifiableMap(copy);
  }
}
