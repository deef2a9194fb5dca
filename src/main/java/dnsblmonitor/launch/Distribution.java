package dnsblmonitor.launch;

import java.nio.file.Path;

/** The folder that {@code mvn package} leaves: {@code bin}, {@code lib}, {@code wlp}. */
record Distribution(Path home) {

  static final String SERVER = "dnsbl-monitor";

  Path serverCommand() {
    return home.resolve("wlp/bin/server");
  }
}
