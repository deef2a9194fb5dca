package dnsblmonitor.bench;

import java.util.List;

/** What the benchmark prints, for docs/performance.md. */
record Report(Options options, int perZone) {

  void print(List<String> rows, List<Goal> goals, List<TimeOuts> timeOuts) {
    System.out.printf(
        """

        %s; medians of %d rounds, contenders in turn, each in a process of its own.
        JVM options: %s
        As shipped: %s
        Server: rbldnsd on loopback, ten zones, 1 of 256 addresses listed in all (its TXT is asked too).
        In flight: %d for each zone. CPU and allocation: of the measured part, after a warm-up.
        Peak RSS: of the whole process. ~: extrapolated from a sample.

        """,
        Machine.text(),
        options.rounds(),
        String.join(" ", options.jvm()),
        String.join(" ", options.shipped()),
        perZone);
    rows.forEach(System.out::println);
    System.out.println();
    timeOuts.forEach(measured -> System.out.println(measured.text()));
    Goal.print(goals);
    if (options.quick()) {
      System.out.println(
          "\nA smoke run: its figures say little, and goals that are missed fail nothing.");
    }
  }
}
