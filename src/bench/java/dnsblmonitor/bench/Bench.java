package dnsblmonitor.bench;

import dnsblmonitor.testing.Rbldnsd;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * {@code mvn -Pbench test}: all contenders in all worlds, in turn, in one run; prints the table and
 * the goals. Exit code 1 where a goal is missed.
 */
final class Bench {

  /**
   * The default configuration, 100 lookups in flight in all. At 0 ms more would not do: rbldnsd
   * asks for 64 KiB to receive into, whatever the system's default, which holds some 118 questions;
   * then it loses some, whoever asks.
   */
  private static final int PER_ZONE = 10;

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration SHORT_TIMEOUT = Duration.ofSeconds(1);

  /** Then the JVM compiles next to nothing any more. */
  private static final int WARM_UP = 300_000;

  private static final int BRIEF_WARM_UP = 10_000;

  private final Options options;
  private final Rbldnsd server;
  private final Results results = new Results();
  private final List<TimeOuts> timeOuts = new ArrayList<>();

  private Bench(Options options, Rbldnsd server) {
    this.options = options;
    this.server = server;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Options options = Options.ofThisProcess();
    List<Cell> cells =
        (options.quick() ? Cell.quick() : Cell.full()).stream().filter(options::wants).toList();
    boolean allMet;
    try (Rbldnsd server = Questions.server()) {
      Bench bench = new Bench(options, server);
      bench.measure(cells);
      bench.measureTimeOuts();
      allMet = bench.print(cells);
    }
    System.exit(allMet || options.quick() ? 0 : 1);
  }

  private boolean print(List<Cell> cells) {
    List<Goal> goals = Goals.of(results, timeOuts, PER_ZONE);
    new Report(options, PER_ZONE).print(new Table(results).rows(cells), goals, timeOuts);
    return goals.stream().allMatch(Goal::isMet);
  }

  private void measure(List<Cell> cells) throws IOException, InterruptedException {
    Map<String, List<Cell>> groups =
        cells.stream()
            .collect(Collectors.groupingBy(Cell::group, LinkedHashMap::new, Collectors.toList()));
    for (List<Cell> group : groups.values()) {
      for (int round = 1; round <= options.rounds(); round++) {
        for (Cell cell : group) {
          Measured measured = measure(cell);
          results.add(cell, measured);
          System.err.printf(
              "%s, round %d, %s: %.2f s, %,.0f lookups/s%n",
              cell.group(),
              round,
              cell.contender().label(),
              measured.wallSeconds(),
              measured.perSecond());
        }
      }
    }
  }

  private void measureTimeOuts() throws IOException, InterruptedException {
    if (options.wantsTimeOuts()) {
      int port = server.address().getPort();
      for (int round = 1; round <= options.rounds(); round++) {
        Task task = new Task(Contender.ENGINE, port, port, 0, 0, 0, PER_ZONE, SHORT_TIMEOUT);
        TimeOuts measured = TimeOuts.of(inChild(TimeOutsMain.class, task, TimeOuts::isIn));
        timeOuts.add(measured);
        System.err.printf("round %d: %s%n", round, measured.text());
      }
    }
  }

  private Measured measure(Cell cell) throws IOException, InterruptedException {
    int serverPort = server.address().getPort();
    if (cell.world().isDirect()) {
      return measure(cell, serverPort);
    }
    try (ProxyProcess proxy = ProxyProcess.start(cell.world(), serverPort)) {
      return measure(cell, proxy.port());
    }
  }

  private Measured measure(Cell cell, int worldPort) throws IOException, InterruptedException {
    Task task =
        new Task(
            cell.contender(),
            server.address().getPort(),
            worldPort,
            cell.world().deadZones(),
            warmUp(cell),
            cell.measured() / Questions.ZONES,
            PER_ZONE,
            TIMEOUT);
    return cell.contender() == Contender.DNSPERF
        ? Dnsperf.run(task)
        : Measured.of(inChild(ContenderMain.class, task, Measured::isIn));
  }

  /** Full where CPU is what matters, not the round trips. */
  private int warmUp(Cell cell) {
    boolean full =
        !options.quick() && cell.world().isDirect() && cell.contender() != Contender.BLOCKING;
    return full ? WARM_UP : BRIEF_WARM_UP;
  }

  /** The line that a process of its own was started for. */
  private String inChild(Class<?> main, Task task, Predicate<String> isResult)
      throws IOException, InterruptedException {
    Process child = Children.start(options.jvmOf(task.contender()), main, task.toArguments());
    try (BufferedReader output = child.inputReader()) {
      String result =
          output
              .lines()
              .filter(isResult)
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("no result of " + task));
      child.waitFor();
      return result;
    }
  }
}
