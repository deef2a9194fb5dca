package dnsblmonitor.testing;

import java.nio.file.Path;

/**
 * Runs the distribution in a world on loopback in which all that a run does has to be done: the
 * first run leaves a warm work folder, the second one, which finds listings, a delisting and a zone
 * that is dead, an AOT cache of the server (JEP 514).
 */
public final class Training {

  private Training() {}

  /** For the container's image: leaves {@code server} and {@code server.aot} in {@code args[0]}. */
  public static void main(String[] args) {
    leaveIn(Path.of(args[0]).toAbsolutePath());
    System.exit(0); // the embedded PostgreSQL has threads that would stay
  }

  /** Leaves the work folder {@code server} and the cache {@code server.aot} in {@code folder}. */
  static void leaveIn(Path folder) {
    try (World world = World.with("zen.example,bl.example,dead.example")) {
      world.set("WLP_OUTPUT_DIR", folder.resolve("server").toString());
      world.dns().zone("dead.example").silent();
      for (int i = 1; i <= 40; i++) {
        world.database().insert("203.0.113." + i, 50, i % 3);
      }
      world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2", "https://zen.example/?ip=7");
      world.run().expectExit(0);

      world.dns().unlist("zen.example", "203.0.113.7");
      world.dns().lists("bl.example", "203.0.113.9", "127.0.0.3", "sent to a spam trap");
      world.set("JVM_ARGS", "-XX:AOTCacheOutput=" + folder.resolve("server.aot"));
      world.run().expectExit(0);
    }
  }
}
