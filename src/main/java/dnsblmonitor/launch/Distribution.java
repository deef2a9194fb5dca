package dnsblmonitor.launch;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder that {@code mvn package} leaves: {@code bin}, {@code lib}, {@code wlp}.
 *
 * @param trained what {@code train} left for this machine, if that fits; else an empty path
 */
record Distribution(Path home, Path trained) {

  /** Liberty's server of one run. */
  static final String RUN_SERVER = "dnsbl-monitor";

  /** The one that stays; it includes the other's configuration. */
  static final String SERVE_SERVER = "dnsbl-monitor-serve";

  /** What a run left in its {@link WorkFolder}; empty without training. */
  Optional<Path> warmWorkFolder() {
    return inTrained("work");
  }

  /** An AOT cache of the server's JVM (JEP 514); empty without training. */
  Optional<Path> aotCache() {
    return inTrained("server.aot");
  }

  private Optional<Path> inTrained(String name) {
    return trained.toString().isEmpty() ? Optional.empty() : Optional.of(trained.resolve(name));
  }
}
