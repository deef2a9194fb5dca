package dnsblmonitor.bench;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The results as a Markdown table: medians of the rounds, of false UNKNOWNs the most. */
final class Table {

  private static final String HEAD =
      """
      | conditions | lookups | contender | wall, s | lookups/s | CPU, us each | allocated, B each \
      | peak RSS, MiB | false UNKNOWN | engine is .. times as fast |
      | --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\
      """;

  private final Results results;

  Table(Results results) {
    this.results = results;
  }

  List<String> rows(List<Cell> cells) {
    return Stream.concat(Stream.of(HEAD), cells.stream().map(this::row)).toList();
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
