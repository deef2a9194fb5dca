package dnsblmonitor.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds variables that look like ours but are none: misspelt, most likely. */
final class Spelling {

  private static final List<String> PREFIXES =
      List.of(
          "DNS_",
          "DNSBL_",
          "EXCEPTIONS_",
          "JIRA_",
          "LISTED_",
          "MALFUNCTION_",
          "MASS_LISTING_",
          "RESTORE_",
          "SERVE_",
          "ZONES_");

  private static final int MAX_SLIPS = 2;

  /** Well-known variables whose names are close to ours. */
  private static final List<String> OTHERS = List.of("HTTP_PROXY");

  private Spelling() {}

  /**
   * A warning for each of {@code names} that has one of our prefixes, or is within two letters of
   * one of ours, and is not known.
   */
  static List<String> warnings(Iterable<String> names, Collection<String> known) {
    List<String> warnings = new ArrayList<>();
    for (String name : names) {
      String nearest = nearest(name, known);
      if (!known.contains(name)
          && (PREFIXES.stream().anyMatch(name::startsWith) || isSlipOf(name, nearest))) {
        warnings.add("unknown variable %s; did you mean %s?".formatted(name, nearest));
      }
    }
    warnings.sort(Comparator.naturalOrder());
    return warnings;
  }

  private static boolean isSlipOf(String name, String ours) {
    return distance(name, ours) <= MAX_SLIPS && !OTHERS.contains(name);
  }

  /** Those of {@code names} that are not known and near one of {@code wanted}, with it. */
  static SortedMap<String, String> near(
      Iterable<String> names, Collection<String> known, Collection<String> wanted) {
    SortedMap<String, String> found = new TreeMap<>();
    for (String name : names) {
      String nearest = nearest(name, known);
      if (!known.contains(name) && wanted.contains(nearest) && isSlipOf(name, nearest)) {
        found.put(name, nearest);
      }
    }
    return found;
  }

  /** The one of {@code known}, which are some, that differs least from {@code name}. */
  static String nearest(String name, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt((String k) -> distance(name, k)).thenComparing(k -> k))
        .orElseThrow();
  }

  /** Levenshtein's distance: how many letters are to be inserted, dropped or changed. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
