package dnsblmonitor.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The control group of a container, as this machine sees it: version 1 or 2 of the kernel's
 * interface (Linux, Documentation/admin-guide/cgroup-v1 and cgroup-v2.rst).
 */
sealed interface Cgroup {

  /** The figures of this moment; empty once the group is gone. */
  Optional<Reading> read();

  /**
   * One look at a group.
   *
   * @param memoryBytes as R34 counts it: what is charged, less the inactive page cache
   * @param cpu used so far
   * @param periods of the CPU limit so far, 100 ms each unless the engine says otherwise
   * @param throttledPeriods those of them in which the limit was reached
   * @param oomKills processes that the kernel has killed for want of memory
   */
  record Reading(
      long memoryBytes, Duration cpu, long periods, long throttledPeriods, long oomKills) {}

  /** That of a process, by its id on this machine. */
  static Cgroup of(long pid) throws IOException {
    Path root = Path.of("/sys/fs/cgroup");
    Map<String, String> paths =
        Files.readAllLines(Path.of("/proc/" + pid + "/cgroup")).stream()
            .map(line -> line.split(":", 3))
            .collect(Collectors.toMap(part -> part[1], part -> part[2].substring(1)));
    String unified = paths.get("");
    return unified != null && Files.exists(root.resolve("cgroup.controllers"))
        ? new V2(root.resolve(unified))
        : new V1(
            root.resolve("memory").resolve(path(paths, "memory")),
            root.resolve("cpu").resolve(path(paths, "cpu")),
            root.resolve("cpuacct").resolve(path(paths, "cpuacct")));
  }

  /**
   * Version 1 may have a hierarchy for each controller, or one for several: {@code cpu,cpuacct}.
   */
  private static String path(Map<String, String> paths, String controller) {
    return paths.entrySet().stream()
        .filter(entry -> Stream.of(entry.getKey().split(",")).anyMatch(controller::equals))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no controller " + controller + " in " + paths));
  }

  /** The unified hierarchy. */
  record V2(Path group) implements Cgroup {
    @Override
    public Optional<Reading> read() {
      return unlessGone(() ->
          new Reading(
              number(group.resolve("memory.current"))
                  - number(group.resolve("memory.stat"), "inactive_file"),
              Duration.ofNanos(number(group.resolve("cpu.stat"), "usage_usec") * 1_000),
              number(group.resolve("cpu.stat"), "nr_periods"),
              number(group.resolve("cpu.stat"), "nr_throttled"),
              number(group.resolve("memory.events"), "oom_kill")));
    }
  }

  /** A hierarchy for each controller. */
  record V1(Path memory, Path cpu, Path cpuacct) implements Cgroup {
    @Override
    public Optional<Reading> read() {
      return unlessGone(() ->
          new Reading(
              number(memory.resolve("memory.usage_in_bytes"))
                  - number(memory.resolve("memory.stat"), "total_inactive_file"),
              Duration.ofNanos(number(cpuacct.resolve("cpuacct.usage"))),
              number(cpu.resolve("cpu.stat"), "nr_periods"),
              number(cpu.resolve("cpu.stat"), "nr_throttled"),
              number(memory.resolve("memory.oom_control"), "oom_kill")));
    }
  }

  /** Reads files that vanish with their container. */
  interface Look {
    Reading read() throws IOException;
  }

  private static Optional<Reading> unlessGone(Look look) {
    try {
      return Optional.of(look.read());
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static long number(Path file) throws IOException {
    return Long.parseLong(Files.readString(file).strip());
  }

  /** A figure of a file of several, each on a line behind its name. */
  private static long number(Path file, String name) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in " + file));
  }
}
