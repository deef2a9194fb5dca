package dnsblmonitor.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What was measured, round by round. */
final class Results {

  private final Map<Cell, List<Measured>> rounds = new HashMap<>();

  void add(Cell cell, Measured measured) {
    rounds.computeIfAbsent(cell, _ -> new ArrayList<>()).add(measured);
  }

  double median(Cell cell, ToDoubleFunction<Measured> figure) {
    return median(of(cell).stream().mapToDouble(figure));
  }

  double worst(Cell cell, ToDoubleFunction<Measured> figure) {
    return of(cell).stream().mapToDouble(figure).max().orElseThrow();
  }

  /** The median over the rounds of how many times as fast as {@code other} this one was. */
  double ratio(Cell cell, Cell other) {
    List<Measured> these = of(cell);
    List<Measured> those = of(other);
    return median(
        IntStream.range(0, these.size())
            .mapToDouble(i -> these.get(i).perSecond() / those.get(i).perSecond()));
  }

  /** The row of that contender, where it was measured. */
  Optional<Cell> find(World world, int lookups, Contender contender) {
    return rounds.keySet().stream()
        .filter(cell ->
            cell.world().equals(world)
                && cell.lookups() == lookups
                && cell.contender() == contender)
        .findFirst();
  }

  private List<Measured> of(Cell cell) {
    return rounds.getOrDefault(cell, List.of());
  }

  static double median(DoubleStream figures) {
    double[] sorted = figures.sorted().toArray();
    int middle = sorted.length / 2;
    OptionalDouble median =
        sorted.length % 2 == 1
            ? OptionalDouble.of(sorted[middle])
            : DoubleStream.of(sorted).skip(middle - 1L).limit(2).average();
    return median.orElseThrow();
  }
}
