package dnsblmonitor.bench;

import java.util.List;
import java.util.Optional;

/** Prints the results as a Markdown table: medians of the rounds. */
final class Table {

  private final Results results;

  Table(Results results) {
    this.results = results;
  }

  void print(List<Cell> cells) {
    System.out.println(
        """
        | world | lookups | contender | wall, s | lookups/s | CPU, us each | allocated, B each \
        | peak RSS, MiB | false UNKNOWN | engine is .. times as fast |
        | --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\
        """);
    cells.forEach(cell -> System.out.println(row(cell)));
  }

  private String row(Cell cell) {
    return "| %s | %,d | %s | %s%.2f | %,.0f | %.1f | %s | %.0f | %s | %s |"
        .formatted(
            cell.world().name(),
            cell.lookups(),
            cell.contender().label(),
            cell.isSample() ? "~" : "",
            results.median(cell, Measured::wallSeconds) * cell.share(),
            results.median(cell, Measured::perSecond),
            results.median(cell, Measured::cpuMicrosEach),
            allocated(cell),
            results.median(cell, Measured::peakRssMib),
            "%.0f".formatted(results.worst(cell, Measured::falseUnknown)),
            ratio(cell));
  }

  private String allocated(Cell cell) {
    return cell.contender() == Contender.DNSPERF
        ? "-"
        : "%,.0f".formatted(results.median(cell, Measured::allocatedBytesEach));
  }

  private String ratio(Cell cell) {
    Optional<Cell> engine = results.find(cell.world(), cell.lookups(), Contender.ENGINE);
    return engine.map(it -> "%.2f".formatted(results.ratio(it, cell))).orElse("-");
  }
}
