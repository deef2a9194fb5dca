package dnsblmonitor.config;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The id and start time of a run. */
record RunIdentity(String id, Instant startedAt) {

  /** A run that starts now. */
  static RunIdentity begun(Clock clock) {
    return new RunIdentity(UUID.randomUUID().toString(), clock.instant());
  }

  /**
   * The identity passed by the launcher: its run started together with the launcher. Empty in
   * {@code serve}.
   *
   * @param uptime of this process
   */
  static Optional<RunIdentity> handedOver(Environment environment, Clock clock, Duration uptime) {
    return environment
        .text(ServerEnvironment.RUN_ID)
        .flatMap(id ->
            environment
                .text(ServerEnvironment.ELAPSED)
                .map(elapsed -> uptime.plus(Duration.parse(elapsed)))
                .map(elapsed -> new RunIdentity(id, clock.instant().minus(elapsed))));
  }
}
