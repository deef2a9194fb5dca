package dnsblmonitor.bench;

/** What the engine must reach, and what it reached in this run. */
record Goal(String what, double found, Sense sense, double limit) {

  static final String HEAD = "| goal | asked | found | |\n| --- | --- | ---: | --- |";

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

  String row() {
    return "| %s | %s %s | %s | %s |"
        .formatted(what, sense.words, figure(limit), figure(found), isMet() ? "met" : "MISSED");
  }

  private static String figure(double number) {
    return number == Math.rint(number) ? "%.0f".formatted(number) : "%.2f".formatted(number);
  }
}
