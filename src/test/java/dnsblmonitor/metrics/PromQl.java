package dnsblmonitor.metrics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The names in an expression of PromQL: as much of the language as tells names of metrics and
 * labels from functions, keywords and values.
 *
 * @param selected the metrics with the labels by which they are selected
 * @param grouped the labels in {@code by}, {@code on} and the like
 */
record PromQl(Map<String, Set<String>> selected, Set<String> grouped) {

  private static final Pattern TOKEN =
      Pattern.compile(
          "\"(?:[^\"\\\\]|\\\\.)*\"|\\[[^]]*]|\\d[\\w.]*|[a-zA-Z_:][\\w:]*|[!=<>~]+|[^\\s\\w]");

  private static final Set<String> WITH_LABELS =
      Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
  private static final Set<String> OPERATORS =
      Set.of("and", "or", "unless", "offset", "bool", "atan2");

  static PromQl of(String expression) {
    List<String> tokens = TOKEN.matcher(expression).results().map(MatchResult::group).toList();
    Map<String, Set<String>> selected = new TreeMap<>();
    Set<String> grouped = new TreeSet<>();
    for (int i = 0; i < tokens.size(); i++) {
      String token = tokens.get(i);
      String next = i + 1 < tokens.size() ? tokens.get(i + 1) : "";
      if (WITH_LABELS.contains(token)) {
        List<String> labels = names(tokens, i + 1, ")");
        grouped.addAll(labels);
        i = tokens.subList(i, tokens.size()).indexOf(")") + i;
      } else if (isName(token)
          && !OPERATORS.contains(token)
          && !next.equals("(")
          && !WITH_LABELS.contains(next)) {
        Set<String> labels = selected.computeIfAbsent(token, _ -> new TreeSet<>());
        if (next.equals("{")) {
          labels.addAll(names(tokens, i + 1, "}"));
          i = tokens.subList(i, tokens.size()).indexOf("}") + i;
        }
      }
    }
    return new PromQl(selected, grouped);
  }

  private static boolean isName(String token) {
    return Character.isLetter(token.charAt(0)) || token.startsWith("_");
  }

  private static List<String> names(List<String> tokens, int from, String end) {
    return tokens.subList(from, tokens.size()).stream()
        .takeWhile(token -> !token.equals(end))
        .filter(PromQl::isName)
        .toList();
  }

  /**
   * What it names but is not there.
   *
   * @param known the labels of each metric
   * @param shown labels that a text about its results names
   */
  List<String> faults(Map<String, Set<String>> known, Set<String> shown) {
    List<String> faults = new ArrayList<>();
    Set<String> all = new HashSet<>();
    selected.forEach((metric, labels) -> {
      Set<String> there = known.getOrDefault(metric, Set.of());
      if (there.isEmpty()) {
        faults.add("no metric " + metric);
      }
      labels.stream()
          .filter(label -> !there.contains(label))
          .forEach(label -> faults.add("%s has no label %s".formatted(metric, label)));
      all.addAll(there);
    });
    grouped.stream()
        .filter(label -> !all.contains(label))
        .forEach(label -> faults.add("no metric has the label " + label));
    shown.stream()
        .filter(label -> !grouped.contains(label))
        .forEach(label -> faults.add("the result has no label " + label));
    return faults;
  }
}
