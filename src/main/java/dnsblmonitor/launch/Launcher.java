package dnsblmonitor.launch;

import dnsblmonitor.config.ConfigurationException;
import dnsblmonitor.config.Environment;
import dnsblmonitor.config.ServeSettings;
import dnsblmonitor.config.Settings;
import dnsblmonitor.domain.Redaction;
import dnsblmonitor.domain.Secret;
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
import java.util.List;
import java.util.UUID;

/**
 * {@code dnsbl-monitor run} and {@code serve}: validates the configuration before starting anything
 * (R2), then runs the server and exits with its exit code.
 */
public final class Launcher {

  private static final int FAILED = 1;

  private final Clock clock;
  private final Instant startedAt;
  private final String runId = UUID.randomUUID().toString();
  private final PrintStream out =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
  private final Environment environment = Environment.ofThisProcess();
  private final Distribution distribution;

  private Launcher(Distribution distribution, Clock clock) {
    this.distribution = distribution;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  /**
   * Runs the command {@code args[0]} with the distribution in {@code args[1]} and the result of
   * {@code train} in {@code args[2]}, which may be empty.
   */
  public static void main(String[] args) throws InterruptedException {
    boolean stays = args[0].equals("serve");
    Clock clock = stays ? Clock.systemUTC() : Environment.runClock();
    Launcher launcher = new Launcher(new Distribution(Path.of(args[1]), Path.of(args[2])), clock);
    System.exit(
        switch (args[0]) {
          case "run" -> launcher.validated(launcher::run);
          case "serve" -> launcher.validated(launcher::serve);
          default -> throw new IllegalArgumentException(args[0]);
        });
  }

  /** Runs a command and returns its exit code. */
  @FunctionalInterface
  private interface Work {
    int exitCode() throws InterruptedException;
  }

  private int validated(Work work) throws InterruptedException {
    try {
      return work.exitCode();
    } catch (ConfigurationException e) {
      new RunLog(out::println, clock, runId, LogLevel.INFO, false, 0, Redaction.NONE)
          .fatalError(
              new FatalError(
                  ErrorType.CONFIGURATION_ERROR,
                  "the configuration is invalid, nothing was done: " + e.getMessage()),
              FAILED);
      return FAILED;
    }
  }

  private int run() throws InterruptedException {
    Settings settings = environment.settings();
    Supervisor supervisor =
        new Supervisor(
            distribution,
            settings,
            runId,
            startedAt,
            clock,
            log(settings, settings.secrets()),
            out::println);
    return supervisor.run(outputFolder());
  }

  private int serve() throws InterruptedException {
    ServeSettings settings = environment.serveSettings(clock);
    return new ServeSupervisor(
            distribution,
            settings,
            clock,
            log(settings.monitor(), settings.secrets()),
            out::println)
        .run(outputFolder());
  }

  private RunLog log(Settings settings, List<Secret> secrets) {
    RunLog log =
        new RunLog(
            out::println,
            clock,
            runId,
            settings.logLevel(),
            settings.dryRun(),
            0,
            new Redaction(secrets));
    settings.warnings().forEach(log::warning);
    return log;
  }

  private String outputFolder() {
    return environment.text("WLP_OUTPUT_DIR").orElse("");
  }
}
