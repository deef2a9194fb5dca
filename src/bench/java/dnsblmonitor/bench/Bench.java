package dnsblmonitor.bench;

import dnsblmonitor.testing.Rbldnsd;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code mvn -Pbench test}: all contenders in all worlds, in turn, in one run; prints the table and
 * the goals. Exit code 1 where a goal is missed.
 */
final class Bench {

  /** A run of the monitor as configured by default. */
  private static final int PER_ZONE = 10;

  /**
   * rbldnsd asks for 64 KiB to receive into, whatever the system's default: that is some 130
   * questions. With more in flight it would lose some, whoever asks.
   */
  private static final int PER_ZONE_DIRECT = 12;

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int WARM_UP = 100_000;
  private static final int BRIEF_WARM_UP = 10_000;

  private final Options options;
  private final Rbldnsd server;
  private final Results results = new Results();

  private Bench(Options options, Rbldnsd server) {
    this.options = options;
    this.server = server;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Options options = Options.ofThisProcess();
    List<Cell> cells =
        (options.quick() ? Cell.quick() : Cell.full()).stream().filter(options::wants).toList();
    try (Rbldnsd server = Questions.server()) {
      Bench bench = new Bench(options, server);
      bench.measure(cells);
      new Table(bench.results).print(cells);
    }
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

  private Measured measure(Cell cell) throws IOException, InterruptedException {
    int serverPort = server.address().getPort();
    if (cell.world().isDirect()) {
      return measure(cell, serverPort, PER_ZONE_DIRECT);
    }
    try (ProxyProcess proxy = ProxyProcess.start(cell.world(), serverPort)) {
      return measure(cell, proxy.port(), PER_ZONE);
    }
  }

  private Measured measure(Cell cell, int worldPort, int perZone)
      throws IOException, InterruptedException {
    Task task =
        new Task(
            cell.contender(),
            server.address().getPort(),
            worldPort,
            cell.world().deadZones(),
            isBrief(cell) ? BRIEF_WARM_UP : WARM_UP,
            cell.measured() / Questions.ZONES,
            perZone,
            TIMEOUT);
    return cell.contender() == Contender.DNSPERF ? Dnsperf.run(task) : inChild(task);
  }

  private boolean isBrief(Cell cell) {
    return options.quick() || cell.contender() == Contender.BLOCKING;
  }

  private Measured inChild(Task task) throws IOException, InterruptedException {
    Process child = Children.start(options.jvm(), ContenderMain.class, task.toArguments());
    try (BufferedReader output = child.inputReader()) {
      Measured measured =
          output
              .lines()
              .filter(Measured::isIn)
              .map(Measured::of)
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("no result of " + task));
      child.waitFor();
      return measured;
    }
  }
}
