package dnsblmonitor.launch;

import java.nio.file.Path;

/** The folder that {@code mvn package} leaves: {@code bin}, {@code lib}, {@code wlp}. */
record Distribution(Path home) {

  /** Liberty's server of one run. */
  static final String RUN_SERVER = "dnsbl-monitor";

  /** The one that stays; it includes the other's configuration. */
  static final String SERVE_SERVER = "dnsbl-monitor-serve";

  /** What a run left in its {@link WorkFolder}, if {@code train} was used here. */
  Path warmWorkFolder() {
    return home.resolve("trained/work");
  }

  /** An AOT cache of the server's JVM (JEP 514), if {@code train} was used here. */
  Path aotCache() {
    return home.resolve("trained/server.aot");
  }

  Path serverCommand() {
    return home.resolve("wlp/bin/server");
  }
}
