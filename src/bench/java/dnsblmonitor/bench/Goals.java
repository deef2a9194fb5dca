package dnsblmonitor.bench;

import dnsblmonitor.bench.Goal.Sense;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The goals of the DNS engine, as ratios in one run; only of what was measured. */
final class Goals {

  private final Results results;
  private final List<Goal> goals = new ArrayList<>();

  private Goals(Results results) {
    this.results = results;
  }

  static List<Goal> of(Results results, List<TimeOuts> timeOuts, int perZone) {
    Goals goals = new Goals(results);
    goals.rates(Cell.MEDIUM);
    goals.rates(Cell.LARGE);
    goals.delays(perZone);
    if (!timeOuts.isEmpty()) {
      goals.atMost(
          "time-outs at full load: 99 % of them off by, ms",
          Results.median(timeOuts.stream().mapToDouble(TimeOuts::percentile99Micros)) / 1e3, 20);
    }
    return goals.goals;
  }

  private void rates(int lookups) {
    String where = "0 ms, %,d: ".formatted(lookups);
    with(
        World.DIRECT,
        lookups,
        Contender.DNSPERF,
        (engine, dnsperf) ->
            atLeast(where + "rate to dnsperf's", results.ratio(engine, dnsperf), 0.7));
    with(
        World.DIRECT,
        lookups,
        Contender.STOCK,
        (engine, stock) ->
            atLeast(where + "rate to stock dnsjava's", results.ratio(engine, stock), 2.5));
    with(
        World.DIRECT,
        lookups,
        engine ->
            atMost(
                where + "CPU of a lookup, us",
                results.median(engine, Measured::cpuMicrosEach),
                15));
  }

  /** Ideal is what lookups, round trip and window make: nothing is lost, nobody waits in vain. */
  private void delays(int perZone) {
    int lookups = Cell.SMALL;
    int window = perZone * Questions.ZONES;
    double idealSeconds = lookups * (World.FAR.delay().toNanos() / 1e9) / window;
    with(
        World.FAR,
        lookups,
        engine ->
            atMost(
                "30 ms: wall to N x RTT / window",
                results.median(engine, Measured::wallSeconds) / idealSeconds,
                1.5));
    String dead = World.DEAD.name() + ": ";
    with(
        World.DEAD,
        lookups,
        engine -> {
          atMost(
              dead + "wall to N x RTT / window",
              results.median(engine, Measured::wallSeconds) / idealSeconds,
              3);
          atMost(
              dead + "false UNKNOWN, worst round",
              results.worst(engine, Measured::falseUnknown),
              0);
        });
    with(
        World.DEAD,
        lookups,
        Contender.BLOCKING,
        (engine, blocking) ->
            atLeast(dead + "rate to ten blocking threads'", results.ratio(engine, blocking), 100));
  }

  private void with(World world, int lookups, Consumer<Cell> goal) {
    results.find(world, lookups, Contender.ENGINE).ifPresent(goal);
  }

  private void with(World world, int lookups, Contender other, BiConsumer<Cell, Cell> goal) {
    with(
        world,
        lookups,
        engine -> results.find(world, lookups, other).ifPresent(cell -> goal.accept(engine, cell)));
  }

  private void atLeast(String what, double found, double limit) {
    goals.add(new Goal(what, found, Sense.AT_LEAST, limit));
  }

  private void atMost(String what, double found, double limit) {
    goals.add(new Goal(what, found, Sense.AT_MOST, limit));
  }
}
