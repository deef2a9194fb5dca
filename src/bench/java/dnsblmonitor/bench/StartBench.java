package dnsblmonitor.bench;

import static java.util.stream.Collectors.joining;

import dnsblmonitor.bench.Goal.Sense;
import dnsblmonitor.testing.FakeReceiver;
import dnsblmonitor.testing.MonitorProcess;
import dnsblmonitor.testing.SmtpServer;
import dnsblmonitor.testing.TestAuthority;
import dnsblmonitor.testing.TestHistory;
import dnsblmonitor.testing.World;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * {@code mvn -Pbench,start verify}: what one run costs, nearly all of it the start of JVM, Liberty
 * and Hibernate. Of several distributions ({@code -Dbench.distributions=before=<folder>,...}) each
 * has its turn in every round, so that all see the same machine. With {@code -Dbench.history=true}
 * the last of them is run once more in each round, with a history (R36); with {@code
 * -Dbench.targets=true}, with all metrics and notifications (R38, R39). A run has 40 rows in three
 * zones, finds one new listing and one that has ended, and files a ticket. Needs root (control
 * groups).
 */
final class StartBench {

  private static final int ROWS = 40;
  private static final int UNLIMITED = 0;
  private static final double HALF = 0.5;

  /** CPU time of the last distribution to that of the first one, if there are several. */
  private static final double MAX_CPU_RATIO = 0.78;

  /** CPU time with a history, or with targets, to that without. */
  private static final double MAX_RATIO_WITH_MORE = 1.10;

  private static final String WITH_HISTORY = "with a history";
  private static final String WITH_TARGETS = "with metrics and notifications";

  private static final double MAX_CPU_SECONDS = 7.5;
  private static final double MAX_WALL_SECONDS_AT_HALF = 20;

  /** By turns one of them is newly listed, and the other one no longer. */
  private static final List<String> LISTED_IN_TURN = List.of("203.0.113.7", "203.0.113.9");

  /**
   * @param peakMib the most that launcher and server had in memory, their shared pages twice
   */
  private record Cost(double cpuSeconds, double wallSeconds, double peakMib) {}

  private final World world;
  private final Map<String, Map<String, String>> more;
  private final ControlGroup group;
  private int runs;

  /**
   * @param more variables by the name of the distribution that is run with them
   */
  private StartBench(World world, Map<String, Map<String, String>> more, ControlGroup group) {
    this.world = world;
    this.more = more;
    this.group = group;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    boolean quick = Boolean.getBoolean("bench.quick");
    int rounds = Integer.getInteger("bench.rounds", quick ? 1 : 5);
    Map<String, Path> distributions = distributions();
    List<Double> limits = limits();
    List<Goal> goals = new ArrayList<>();
    try (World world = World.with("zen.example,bl.example,third.example");
        TestHistory history = TestHistory.create(world.database());
        FakeReceiver receiver = FakeReceiver.start();
        SmtpServer mails = SmtpServer.start(TestAuthority.createRsa());
        ControlGroup group = ControlGroup.make()) {
      for (int i = 1; i <= ROWS; i++) {
        world.database().insert("203.0.113." + i, 50, i % 3);
      }
      System.out.printf(
          """

          %s; %d rounds, medians (and ranges); launcher, scripts and server together.

          | CPUs | distribution | CPU, s | wall, s | peak RSS, MiB |
          | ---: | --- | ---: | ---: | ---: |
          """,
          Machine.text(), rounds);
      for (double limit : limits) {
        group.limitTo(limit);
        Map<String, List<Cost>> costs =
            new StartBench(
                    world,
                    Map.of(
                        WITH_HISTORY,
                        Map.of("HISTORY_DB_URL", history.url()),
                        WITH_TARGETS,
                        targets(receiver, mails)),
                    group)
                .rounds(distributions, rounds);
        costs.forEach((name, some) -> System.out.println(row(limit, name, some)));
        goals.addAll(goals(limit, costs));
      }
    }
    Goal.print(goals);
    System.exit(quick || goals.stream().allMatch(Goal::isMet) ? 0 : 1);
  }

  private static Map<String, Path> distributions() {
    Map<String, Path> distributions = new LinkedHashMap<>();
    for (String given : Options.words("bench.distributions", ",")) {
      String[] parts = given.split("=", 2);
      distributions.put(parts[0], Path.of(parts[1]));
    }
    if (distributions.isEmpty()) {
      distributions.put("this", MonitorProcess.distribution());
    }
    if (Boolean.getBoolean("bench.history")) {
      distributions.put(WITH_HISTORY, List.copyOf(distributions.values()).getLast());
    }
    if (Boolean.getBoolean("bench.targets")) {
      distributions.put(WITH_TARGETS, List.copyOf(distributions.values()).getLast());
    }
    return distributions;
  }

  /** All of them, on loopback and without TLS, as Jira and the database of this benchmark. */
  private static Map<String, String> targets(FakeReceiver receiver, SmtpServer mails)
      throws IOException {
    return Map.of(
        "METRICS_FILE",
        Files.createTempDirectory("metrics").resolve("dnsbl.prom").toString(),
        "METRICS_PUSH_URL",
        receiver.url("").toString(),
        "NOTIFY_WEBHOOK_URL",
        receiver.url("/hook").toString(),
        "NOTIFY_WEBHOOK_SECRET",
        "of-a-benchmark",
        "NOTIFY_SLACK_URL",
        receiver.url("/chat").toString(),
        "NOTIFY_MAIL_TO",
        "ops@example.org",
        "NOTIFY_MAIL_FROM",
        "monitor@example.org",
        "SMTP_URL",
        "smtp://127.0.0.1:" + mails.plainPort());
  }

  /** 0: as many CPUs as there are. */
  private static List<Double> limits() {
    List<Double> given = Options.words("bench.cpus", ",").stream().map(Double::valueOf).toList();
    return given.isEmpty() ? List.of((double) UNLIMITED, HALF) : given;
  }

  /** After one run of each that does not count. */
  private Map<String, List<Cost>> rounds(Map<String, Path> distributions, int rounds)
      throws IOException, InterruptedException {
    Map<String, List<Cost>> costs = new LinkedHashMap<>();
    for (int round = 0; round <= rounds; round++) {
      for (var distribution : distributions.entrySet()) {
        Cost cost = run(distribution.getKey(), distribution.getValue());
        if (round > 0) {
          costs.computeIfAbsent(distribution.getKey(), _ -> new ArrayList<>()).add(cost);
        }
      }
    }
    return costs;
  }

  private Cost run(String name, Path distribution) throws IOException, InterruptedException {
    String now = LISTED_IN_TURN.get(runs % 2);
    String before = LISTED_IN_TURN.get((runs + 1) % 2);
    runs++;
    world.dns().unlist("zen.example", before);
    world.dns().lists("zen.example", now, "127.0.0.2", "sent to a spam trap");
    Map<String, String> environment = world.environment();
    environment.putAll(more.getOrDefault(name, Map.of()));
    ProcessBuilder builder = MonitorProcess.command(distribution, environment);
    builder.command(group.within(builder.command())).redirectErrorStream(true);
    Duration cpuBefore = group.cpuTime();
    long startNanos = System.nanoTime();
    Process launcher = builder.start();
    try (BufferedReader output = launcher.inputReader()) {
      Peak peak = new Peak(launcher);
      List<String> lines = output.lines().toList();
      int exitCode = launcher.waitFor();
      double wall = (System.nanoTime() - startNanos) / 1e9;
      double peakMib = peak.end();
      if (exitCode != 0 || lines.stream().noneMatch(StartBench::filedOne)) {
        throw new IllegalStateException(String.join("\n", lines));
      }
      return new Cost(group.cpuTime().minus(cpuBefore).toMillis() / 1e3, wall, peakMib);
    } finally {
      launcher.descendants().forEach(ProcessHandle::destroyForcibly);
      launcher.destroyForcibly();
    }
  }

  private static boolean filedOne(String line) {
    return line.contains("\"event\":\"job_summary\"")
        && line.contains("\"newly_listed\":1")
        && line.contains("\"exit_code\":0");
  }

  /** Looks at the memory of a process and its children until it has ended. */
  private static final class Peak {

    private static final long LOOK_MILLIS = 100;

    private final Process launcher;
    private final Thread thread;
    private volatile long kib;

    Peak(Process launcher) {
      this.launcher = launcher;
      this.thread = Thread.ofPlatform().daemon().start(this::look);
    }

    private void look() {
      try {
        do {
          long now =
              Stream.concat(Stream.of(launcher.toHandle()), launcher.descendants())
                  .mapToLong(process -> Memory.residentKibOf(process.pid()))
                  .sum();
          kib = Math.max(kib, now);
        } while (!launcher.waitFor(Duration.ofMillis(LOOK_MILLIS)));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    double end() throws InterruptedException {
      thread.join();
      return kib / 1024.0;
    }
  }

  private static String row(double limit, String name, List<Cost> costs) {
    return Stream.of(
            limit == UNLIMITED ? "all" : "%.2f".formatted(limit),
            name,
            range(costs, Cost::cpuSeconds, "%.2f"),
            range(costs, Cost::wallSeconds, "%.1f"),
            range(costs, Cost::peakMib, "%.0f"))
        .collect(joining(" | ", "| ", " |"));
  }

  private static String range(List<Cost> costs, ToDoubleFunction<Cost> figure, String format) {
    return (format + " (" + format + "-" + format + ")")
        .formatted(
            median(costs, figure),
            costs.stream().mapToDouble(figure).min().orElseThrow(),
            costs.stream().mapToDouble(figure).max().orElseThrow());
  }

  private static double median(List<Cost> costs, ToDoubleFunction<Cost> figure) {
    return Results.median(costs.stream().mapToDouble(figure));
  }

  /** Of the last distribution. */
  private static List<Goal> goals(double limit, Map<String, List<Cost>> costs) {
    List<Goal> goals = new ArrayList<>();
    List<Cost> first = costs.values().iterator().next();
    List<Cost> last = List.copyOf(costs.values()).getLast();
    String where = limit == UNLIMITED ? "all CPUs: " : "%.2f CPUs: ".formatted(limit);
    if (costs.size() > 1) {
      goals.add(
          new Goal(
              where + "CPU, last to first distribution",
              median(last, Cost::cpuSeconds) / median(first, Cost::cpuSeconds),
              Sense.AT_MOST,
              costs.containsKey(WITH_HISTORY) || costs.containsKey(WITH_TARGETS)
                  ? MAX_RATIO_WITH_MORE
                  : MAX_CPU_RATIO));
    }
    if (limit == UNLIMITED) {
      goals.add(
          new Goal(
              where + "CPU, s", median(last, Cost::cpuSeconds), Sense.AT_MOST, MAX_CPU_SECONDS));
    }
    if (limit == HALF) {
      goals.add(
          new Goal(
              where + "wall, s",
              median(last, Cost::wallSeconds),
              Sense.AT_MOST,
              MAX_WALL_SECONDS_AT_HALF));
    }
    return goals;
  }
}
