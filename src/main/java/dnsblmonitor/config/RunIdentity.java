package dnsblmonitor.config;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** By what a run is known, and since when it counts as started. */
record RunIdentity(String id, Instant startedAt) {

  /** A run that begins now. */
  static RunIdentity begun(Clock clock) {
    return new RunIdentity(UUID.randomUUID().toString(), clock.instant());
  }

  /**
   * What the launcher handed over: the one run for which it started this process began with the
   * launcher. Empty in a server that stays.
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
