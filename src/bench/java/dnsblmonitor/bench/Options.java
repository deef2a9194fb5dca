package dnsblmonitor.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the benchmark was called: {@code -Dbench.<name>=<value>}.
 *
 * @param quick a smoke run, whose goals bind nobody
 * @param rounds how often each contender has its turn
 * @param worlds how the worlds that are wanted begin ("0 ms 200000"); empty: all
 * @param contenders parts of the names of contenders; empty: all
 * @param jvm options of the contenders' JVMs: the distribution's without the limit to C1
 * @param shipped the distribution's own
 */
record Options(
    boolean quick,
    int rounds,
    List<String> worlds,
    List<String> contenders,
    List<String> jvm,
    List<String> shipped) {

  private static final String C1_ONLY = "-XX:TieredStopAtLevel=1";
  private static final Path SHIPPED = Path.of("src/main/liberty/config/jvm.options");

  static Options ofThisProcess() {
    boolean quick = Boolean.getBoolean("bench.quick");
    List<String> jvm = words("bench.jvm", " ");
    return new Options(
        quick,
        Integer.getInteger("bench.rounds", quick ? 1 : 3),
        words("bench.worlds", ","),
        words("bench.contenders", ","),
        jvm.isEmpty() ? warm() : jvm,
        readShipped());
  }

  boolean wants(Cell cell) {
    return wantsWorld(cell.world().name() + " " + cell.lookups()) && wants(cell.contender());
  }

  /** The measurement of time-outs counts as a world of the engine's. */
  boolean wantsTimeOuts() {
    return wantsWorld("time-outs") && wants(Contender.ENGINE);
  }

  private boolean wantsWorld(String name) {
    return worlds.isEmpty() || worlds.stream().anyMatch(name::startsWith);
  }

  private boolean wants(Contender contender) {
    return contenders.isEmpty() || contenders.stream().anyMatch(contender.label()::contains);
  }

  /** The words of a property; none if it is not set. */
  static List<String> words(String property, String separator) {
    return Stream.of(System.getProperty(property, "").split(separator))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  List<String> jvmOf(Contender contender) {
    return contender == Contender.SHIPPED ? shipped : jvm;
  }

  private static List<String> warm() {
    return readShipped().stream().filter(option -> !option.equals(C1_ONLY)).toList();
  }

  private static List<String> readShipped() {
    try {
      return Files.readAllLines(SHIPPED).stream().filter(line -> line.startsWith("-")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
