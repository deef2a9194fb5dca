package dnsblmonitor.launch;

import java.nio.file.Path;

/** The folder that {@code mvn package} leaves: {@code bin}, {@code lib}, {@code wlp}. */
record Distribution(Path home) {

  static final String SERVER = "dnsbl-monitor";

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
