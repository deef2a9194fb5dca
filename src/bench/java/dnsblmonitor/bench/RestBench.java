package dnsblmonitor.bench;

import dnsblmonitor.bench.Goal.Sense;
import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.ServeProcess;
import dnsblmonitor.testing.ServeProcess.Caller;
import dnsblmonitor.testing.World;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * {@code mvn -Pbench,rest verify}: the CPU time that {@code serve} uses, launcher and server
 * together, for a run that finds nothing to do once it is warm, and by thread while nothing happens
 * at all. Exit code 1 where a goal is missed.
 */
final class RestBench {

  private static final int ROWS = 40;
  private static final String ZONES = "a.example,b.example,c.example";
  private static final int WARM_UP = 30;
  private static final int RUNS = 20;

  /** R34. */
  private static final double MAX_RUN_SECONDS = 0.35;

  private static final double MAX_SECONDS_PER_MINUTE = 0.1;

  private final ServeProcess serve;

  private RestBench(ServeProcess serve) {
    this.serve = serve;
  }

  /** A process at one moment. */
  private record Look(String name, long pid, ThreadCpu then) {

    static Look at(String name, long pid) {
      return new Look(name, pid, ThreadCpu.of(pid));
    }

    double secondsSince() {
      return ThreadCpu.of(pid).secondsSince(then);
    }
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    boolean quick = Boolean.getBoolean("bench.quick");
    List<Goal> goals;
    try (World world = World.with(ZONES)) {
      for (int i = 1; i <= ROWS; i++) {
        world.database().insert("203.0.113." + i, 80);
      }
      try (ServeProcess serve = ServeProcess.start(world)) {
        goals =
            new RestBench(serve)
                .measure(
                    quick ? Duration.ofSeconds(30) : Duration.ofMinutes(4),
                    quick ? Duration.ofMinutes(2) : Duration.ofMinutes(10));
      }
    }
    Goal.print(goals);
    System.exit(quick || goals.stream().allMatch(Goal::isMet) ? 0 : 1);
  }

  private List<Goal> measure(Duration settling, Duration rest)
      throws IOException, InterruptedException {
    run(WARM_UP);
    List<Look> before = looks();
    run(RUNS);
    double perRun = secondsSince(before) / RUNS;
    Thread.sleep(settling);
    before = looks();
    Thread.sleep(rest);
    double minutes = rest.toMillis() / 60_000.0;
    print(before, minutes);
    return List.of(
        new Goal("CPU of a warm run, s", perRun, Sense.AT_MOST, MAX_RUN_SECONDS),
        new Goal(
            "CPU at rest, s a minute",
            secondsSince(before) / minutes,
            Sense.AT_MOST,
            MAX_SECONDS_PER_MINUTE));
  }

  private void run(int times) {
    for (int i = 0; i < times; i++) {
      long before = summaries();
      int instance = serve.submitted(Caller.ADMIN);
      // not by asking for its status all the time, which would count as the run's
      Await.until("the run's summary", () -> summaries() > before);
      JsonObject ended = serve.awaitEnd(instance);
      if (!ended.getString("exitStatus").equals("0")) {
        throw new IllegalStateException("a run failed: " + ended);
      }
    }
  }

  private long summaries() {
    return serve.process().linesSoFar().stream()
        .filter(line -> line.contains("\"event\":\"job_summary\""))
        .count();
  }

  private List<Look> looks() {
    return List.of(
        Look.at("launcher", serve.process().pid()), Look.at("server", serve.process().serverPid()));
  }

  private static double secondsSince(List<Look> before) {
    return before.stream().mapToDouble(Look::secondsSince).sum();
  }

  private static void print(List<Look> before, double minutes) {
    System.out.printf(
        """

        %s; the distribution with its own JVM options, after %d runs over %d rows and three zones.
        At rest for %.0f minutes, without a request.

        | process | peak RSS, MiB | thread | CPU, s a minute |
        | --- | ---: | --- | ---: |
        """,
        Machine.text(), WARM_UP + RUNS, ROWS, minutes);
    for (Look look : before) {
      System.out.printf(
          "| %s | %.0f | all | %.4f |%n",
          look.name(), Memory.peakKibOf(look.pid()) / 1024.0, look.secondsSince() / minutes);
      ThreadCpu.of(look.pid()).secondsByNameSince(look.then()).entrySet().stream()
          .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
          .forEach(thread ->
              System.out.printf(
                  "| | | %s | %.4f |%n", thread.getKey(), thread.getValue() / minutes));
    }
  }
}
