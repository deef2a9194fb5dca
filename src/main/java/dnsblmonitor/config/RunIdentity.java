package dnsblmonitor.config;

import java.time.Clock;
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
   * process. Empty in a server that stays.
   */
  static Optional<RunIdentity> handedOver(Environment environment) {
    return environment
        .text(ServerEnvironment.RUN_ID)
        .flatMap(id ->
            environment
                .text(ServerEnvironment.STARTED_AT)
                .map(startedAt -> new RunIdentity(id, Instant.parse(startedAt))));
  }
}
