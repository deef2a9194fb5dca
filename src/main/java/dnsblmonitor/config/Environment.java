package dnsblmonitor.config;

import dnsblmonitor.notify.NotifySettings;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.config.Config;

/** The environment variables of the process, read by MicroProfile Config. */
public final class Environment {

  private static final String DEFAULTS = "/META-INF/microprofile-config.properties";

  private final Config config;

  Environment(Config config) {
    this.config = config;
  }

  /**
   * For a process outside Liberty: only the environment and our defaults. SmallRye's default
   * sources would add {@code .env} and {@code application.properties} of the working directory,
   * which the server does not read.
   */
  public static Environment ofThisProcess() {
    return new Environment(
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withSources(new EnvConfigSource() {}, defaults())
            .build());
  }

  /**
   * A clock for one run. It starts at the system time and then counts elapsed time, so that changes
   * to the system clock affect neither deadlines nor waits. Not for long-running processes, since
   * it does not follow such changes.
   */
  public static Clock runClock() {
    return runClock(InstantSource.system(), System::nanoTime);
  }

  static Clock runClock(InstantSource system, LongSupplier nanoTime) {
    Instant started = system.instant();
    long startedNanos = nanoTime.getAsLong();
    InstantSource elapsing = () -> started.plusNanos(nanoTime.getAsLong() - startedNanos);
    return elapsing.withZone(ZoneOffset.UTC);
  }

  /**
   * The validated settings. Each of these methods throws a {@link ConfigurationException} that
   * names every variable that is missing or wrong.
   */
  public Settings settings() {
    return new SettingsReader(config).read();
  }

  /** The database's part of them, whatever the rest is like. */
  public MigrationSettings migrationSettings() {
    return new SettingsReader(config).readForMigration();
  }

  /** What {@code restore} needs. */
  public RestoreSettings restoreSettings() {
    return new SettingsReader(config).readForRestore();
  }

  /** What {@code notify-test} needs; empty if no target of notifications is set. */
  public Optional<NotifySettings> notifySettings() {
    return new SettingsReader(config).readForNotifyTest();
  }

  /**
   * The settings of {@code serve}.
   *
   * @param clock by which a certificate may have expired
   */
  public ServeSettings serveSettings(Clock clock) {
    return new SettingsReader(config).readForServe(clock);
  }

  /** Whether this is the server of {@code serve}, which keeps running after a run. */
  public boolean isServing() {
    return text(ServerEnvironment.SERVE).isPresent();
  }

  /** How often this server starts a run; empty without a schedule. */
  public Optional<Duration> schedule() {
    return text(ServerEnvironment.SCHEDULE).map(Duration::parse);
  }

  /** A variable that is not a setting: Liberty's, or one passed by the launcher. */
  public Optional<String> text(String name) {
    return config.getOptionalValue(name, String.class);
  }

  static PropertiesConfigSource defaults() {
    try {
      return new PropertiesConfigSource(
          Objects.requireNonNull(Environment.class.getResource(DEFAULTS), DEFAULTS), 100);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
