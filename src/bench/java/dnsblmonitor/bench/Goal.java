package dnsblmonitor.bench;

import java.util.List;

/** What the engine must reach, and what it reached in this run. */
record Goal(String what, double found, Sense sense, double limit) {

  private static final String HEAD = "| goal | required | measured | |\n| --- | --- | ---: | --- |";

  /** Prints the table of the goals. */
  static void print(List<Goal> goals) {
    System.out.println("\n" + HEAD);
    goals.forEach(goal -> System.out.println(goal.row()));
  }

  enum Sense {
    AT_LEAST("at least"),
    AT_MOST("at most");

    private final String words;

    Sense(String words) {
      this.words = words;
    }
  }

  boolean isMet() {
    return switch (sense) {
      case AT_LEAST -> found >= limit;
      case AT_MOST -> found <= limit;
    };
  }

  private String row() {
    return "| %s | %s %s | %s | %s |"
        .formatted(what, sense.words, figure(limit), figure(found), isMet() ? "met" : "MISSED");
  }

  private static String figure(double number) {
    return number == Math.rint(number) ? "%.0f".formatted(number) : "%.2f".formatted(number);
  }
}
