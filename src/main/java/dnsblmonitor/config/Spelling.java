package dnsblmonitor.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds misspelt variables. */
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
          "METRICS_",
          "NOTIFY_",
          "RESTORE_",
          "SERVE_",
          "ZONES_");

  private static final int MAX_SLIPS = 2;

  /** Well-known variables with names similar to ours. */
  private static final List<String> OTHERS = List.of("HTTP_PROXY");

  private Spelling() {}

  /**
   * A warning for each unknown variable in {@code names} with one of our prefixes, or within two
   * letters of one of our names.
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

  /** The unknown ones of {@code names} that resemble one of {@code wanted}, with the latter. */
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

  /** The entry of the non-empty {@code known} that is most similar to {@code name}. */
  static String nearest(String name, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt((String k) -> distance(name, k)).thenComparing(k -> k))
        .orElseThrow();
  }

  /** Levenshtein distance: the number of letters to insert, delete or change. */
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
