package dnsblmonitor.launch;

import dnsblmonitor.config.ConfigurationException;
import dnsblmonitor.config.Environment;
import dnsblmonitor.config.Settings;
import dnsblmonitor.report.ErrorType;
import dnsblmonitor.report.FatalError;
import dnsblmonitor.report.LogLevel;
import dnsblmonitor.report.RunLog;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/**
 * {@code dnsbl-monitor run}: validates the configuration before anything is started (R2), then runs
 * the server and ends with its exit code.
 */
public final class Launcher {

  private static final int FAILED = 1;

  private Launcher() {}

  /** Runs the server of the distribution in {@code args[0]}. */
  public static void main(String[] args) throws InterruptedException {
    Clock clock = Clock.systemUTC();
    Instant startedAt = clock.instant();
    String runId = UUID.randomUUID().toString();
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    RunLog log = new RunLog(out::println, clock, runId, LogLevel.INFO, false, 0);
    Environment environment = Environment.ofThisProcess();
    try {
      Settings settings = environment.settings();
      RunLog runLog =
          new RunLog(out::println, clock, runId, settings.logLevel(), settings.dryRun(), 0);
      settings.warnings().forEach(runLog::warning);
      String outputFolder = environment.text("WLP_OUTPUT_DIR").orElse("");
      Supervisor supervisor =
          new Supervisor(
              new Distribution(Path.of(args[0])),
              settings,
              runId,
              startedAt,
              clock,
              runLog,
              out::println);
      System.exit(supervisor.run(outputFolder));
    } catch (ConfigurationException e) {
      log.fatalError(
          new FatalError(
              ErrorType.CONFIGURATION_ERROR,
              "the configuration cannot be used, nothing was done: " + e.getMessage()),
          FAILED);
      System.exit(FAILED);
    }
  }
}
