package dnsblmonitor.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * One row of the table.
 *
 * @param lookups what the row is about
 * @param measured lookups that are really made; fewer where all would take hours
 */
record Cell(World world, int lookups, Contender contender, int measured) {

  static final int SMALL = 10_000;
  static final int MEDIUM = 200_000;
  static final int LARGE = 1_000_000;

  /** A dead zone costs this many lookups' worth of seconds: 5 s for each address, one by one. */
  private static final int BLOCKED = 6 * Questions.ZONES;

  private static final int STUCK = 40 * Questions.ZONES;

  boolean isSample() {
    return measured < lookups;
  }

  /** How many of the measured ones make the row. */
  double share() {
    return (double) lookups / measured;
  }

  String group() {
    return "%s, %,d".formatted(world.name(), lookups);
  }

  static List<Cell> full() {
    List<Cell> cells = new ArrayList<>();
    all(cells, World.DIRECT, SMALL, SMALL, SMALL);
    all(cells, World.DIRECT, MEDIUM, MEDIUM, SMALL);
    all(cells, World.DIRECT, LARGE, MEDIUM, SMALL);
    all(cells, World.FAR, SMALL, SMALL, 1000);
    resolvers(cells, World.LOSSY, SMALL, SMALL, 1000);
    resolvers(cells, World.DEAD, SMALL, STUCK, BLOCKED);
    return cells;
  }

  /** What shows within three minutes that everything works. */
  static List<Cell> quick() {
    List<Cell> cells = new ArrayList<>();
    all(cells, World.DIRECT, SMALL, SMALL, 1000);
    resolvers(cells, World.DEAD, 2000, 200, 2 * Questions.ZONES);
    return cells;
  }

  private static void all(List<Cell> cells, World world, int lookups, int stock, int blocking) {
    resolvers(cells, world, lookups, stock, blocking);
    cells.add(new Cell(world, lookups, Contender.SHIPPED, lookups));
    cells.add(new Cell(world, lookups, Contender.DNSPERF, lookups));
  }

  /** Those that ask again when nothing comes: dnsperf does not. */
  private static void resolvers(
      List<Cell> cells, World world, int lookups, int stock, int blocking) {
    cells.add(new Cell(world, lookups, Contender.ENGINE, lookups));
    cells.add(new Cell(world, lookups, Contender.STOCK, stock));
    cells.add(new Cell(world, lookups, Contender.BLOCKING, blocking));
  }
}
