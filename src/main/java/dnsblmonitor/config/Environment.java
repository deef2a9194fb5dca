package dnsblmonitor.config;

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

/** What the process was given: the environment, as MicroProfile Config sees it. */
public final class Environment {

  private static final String DEFAULTS = "/META-INF/microprofile-config.properties";

  private final Config config;

  Environment(Config config) {
    this.config = config;
  }

  /**
   * That of a process outside Liberty: the environment and our defaults, nothing else. SmallRye's
   * own sources would add a {@code .env} and an {@code application.properties} of the working
   * folder, which the server does not see.
   */
  public static Environment ofThisProcess() {
    return new Environment(
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withSources(new EnvConfigSource() {}, defaults())
            .build());
  }

  /**
   * A clock for one run. It starts at the system's time and then counts elapsed time, so that
   * setting the system's clock moves neither a deadline nor a wait. It does not follow such a
   * change: not for a process that stays.
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

  /**
   * All that {@code serve} needs.
   *
   * @param clock by which a certificate may have expired
   */
  public ServeSettings serveSettings(Clock clock) {
    return new SettingsReader(config).readForServe(clock);
  }

  /** Whether this is the server of {@code serve}, which stays when a run has ended. */
  public boolean isServing() {
    return text(ServerEnvironment.SERVE).isPresent();
  }

  /** How often this server starts a run; empty if only people do. */
  public Optional<Duration> schedule() {
    return text(ServerEnvironment.SCHEDULE).map(Duration::parse);
  }

  /** A variable that is no setting: Liberty's, or one that the launcher handed over. */
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
