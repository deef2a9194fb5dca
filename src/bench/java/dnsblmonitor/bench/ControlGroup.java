package dnsblmonitor.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A control group of Linux for what is measured: the CPU time of all its processes, also of those
 * that have ended, and a limit to it as a container has one. Version 2 and version 1 (cgroups(7));
 * both need root.
 *
 * @param usage the folder that tells the CPU time
 * @param limit the folder that bounds it; the same in version 2
 */
record ControlGroup(Path usage, Path limit) implements AutoCloseable {

  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final String NAME = "dnsbl-monitor-bench";

  /** The usual one, also of Kubernetes. */
  private static final int PERIOD_MICROS = 100_000;

  /**
   * @throws UncheckedIOException without the right to make one
   */
  static ControlGroup make() {
    try {
      if (isVersion2()) {
        Path group = Files.createDirectories(ROOT.resolve(NAME));
        return new ControlGroup(group, group);
      }
      return new ControlGroup(
          Files.createDirectories(ROOT.resolve("cpuacct").resolve(NAME)),
          Files.createDirectories(ROOT.resolve("cpu").resolve(NAME)));
    } catch (IOException e) {
      throw new UncheckedIOException("a control group can be made by root alone", e);
    }
  }

  private static boolean isVersion2() {
    return Files.exists(ROOT.resolve("cgroup.controllers"));
  }

  /**
   * @param cpus how many the group's processes may use together; 0: no limit
   */
  void limitTo(double cpus) {
    long quota = Math.round(cpus * PERIOD_MICROS);
    if (isVersion2()) {
      write("cpu.max", (cpus == 0 ? "max" : String.valueOf(quota)) + " " + PERIOD_MICROS);
    } else {
      write("cpu.cfs_period_us", String.valueOf(PERIOD_MICROS));
      write("cpu.cfs_quota_us", cpus == 0 ? "-1" : String.valueOf(quota));
    }
  }

  private void write(String file, String value) {
    try {
      Files.writeString(limit.resolve(file), value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command, to be started within the group. */
  List<String> within(List<String> command) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "/bin/sh",
                "-c",
                "echo $$ > \"$0\" && echo $$ > \"$1\" && shift && exec \"$@\"",
                usage.resolve("cgroup.procs").toString(),
                limit.resolve("cgroup.procs").toString()));
    words.addAll(command);
    return words;
  }

  /** The CPU time so far. */
  Duration cpuTime() {
    try {
      return isVersion2()
          ? Duration.ofNanos(1_000 * statistic("cpu.stat", "usage_usec"))
          : Duration.ofNanos(
              Long.parseLong(Files.readString(usage.resolve("cpuacct.usage")).strip()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long statistic(String file, String name) throws IOException {
    return Files.readAllLines(usage.resolve(file)).stream()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  /** Removes the group, whose processes have ended. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(usage);
      Files.deleteIfExists(limit);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
