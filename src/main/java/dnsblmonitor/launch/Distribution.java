package dnsblmonitor.launch;

import java.nio.file.Path;

/** The folder that {@code mvn package} leaves: {@code bin}, {@code lib}, {@code wlp}. */
record Distribution(Path home) {

  /** Liberty's server of one run. */
  static final String RUN_SERVER = "dnsbl-monitor";

  /** The one that stays; it includes the other's configuration. */
  static final String SERVE_SERVER = "dnsbl-monitor-serve";

  /**
   * What an earlier run left in its {@link WorkFolder}; only the container's distribution has it.
   */
  Path warmWorkFolder() {
    return home.resolve("warm");
  }

  Path serverCommand() {
    return home.resolve("wlp/bin/server");
  }
}
