package dnsblmonitor.launch;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder built by {@code mvn package}: {@code bin}, {@code lib}, {@code wlp}.
 *
 * @param trained the result of {@code train} for this machine, if it fits; else an empty path
 */
record Distribution(Path home, Path trained) {

  /** The Liberty server for a single run. */
  static final String RUN_SERVER = "dnsbl-monitor";

  /** The Liberty server for {@code serve}; it includes the other's configuration. */
  static final String SERVE_SERVER = "dnsbl-monitor-serve";

  /** A {@link WorkFolder} from training; empty without training. */
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
