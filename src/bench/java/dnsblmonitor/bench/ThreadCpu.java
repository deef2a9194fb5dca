package dnsblmonitor.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The CPU time of a process so far, seen from outside (proc(5)), in ticks of 10 ms.
 *
 * @param ticks of all its threads, those that have ended among them
 * @param byThread of those that live, by the id and the name of each
 */
record ThreadCpu(long ticks, Map<String, Long> byThread) {

  static final double TICKS_A_SECOND = 100; // USER_HZ, the same on every Linux

  /** The threads that have ended meanwhile; which ones, the system does not keep. */
  private static final String ENDED = "(threads that ended)";

  static ThreadCpu of(long pid) {
    Path process = Path.of("/proc", String.valueOf(pid));
    Map<String, Long> byThread = new TreeMap<>();
    try (Stream<Path> threads = Files.list(process.resolve("task"))) {
      threads.forEach(thread -> add(thread, byThread));
      return new ThreadCpu(ticks(Files.readString(process.resolve("stat"))), byThread);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(Path thread, Map<String, Long> byThread) {
    try {
      String stat = Files.readString(thread.resolve("stat"));
      String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
      byThread.put(thread.getFileName() + " " + name, ticks(stat));
    } catch (IOException e) {
      // the thread ended meanwhile
    }
  }

  /** utime and stime, the 14th and 15th field; the second, the name, may hold anything. */
  private static long ticks(String stat) {
    String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(afterName[11]) + Long.parseLong(afterName[12]);
  }

  double secondsSince(ThreadCpu before) {
    return (ticks - before.ticks) / TICKS_A_SECOND;
  }

  /** Seconds by the name of threads, of those that used some. */
  Map<String, Double> secondsByNameSince(ThreadCpu before) {
    Map<String, Double> seconds = new TreeMap<>();
    byThread.forEach((thread, now) -> {
      long used = now - before.byThread.getOrDefault(thread, 0L);
      if (used > 0) {
        String name = thread.substring(thread.indexOf(' ') + 1);
        seconds.merge(name, used / TICKS_A_SECOND, Double::sum);
      }
    });
    double living = seconds.values().stream().mapToDouble(it -> it).sum();
    double ended = secondsSince(before) - living;
    if (ended > 1 / TICKS_A_SECOND) {
      seconds.put(ENDED, ended);
    }
    return seconds;
  }
}
