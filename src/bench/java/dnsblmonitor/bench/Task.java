package dnsblmonitor.bench;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * What one contender's process does.
 *
 * @param serverPort where the server itself is, for the warm-up
 * @param worldPort where the world is, for what is measured
 * @param warmUp lookups before the measured ones
 * @param addresses each is asked of all ten zones
 * @param perZone lookups in flight for each zone
 */
record Task(
    Contender contender,
    int serverPort,
    int worldPort,
    int deadZones,
    int warmUp,
    int addresses,
    int perZone,
    Duration timeout) {

  int lookups() {
    return addresses * Questions.ZONES;
  }

  InetSocketAddress server() {
    return loopback(serverPort);
  }

  InetSocketAddress world() {
    return loopback(worldPort);
  }

  /** The same for other addresses, of the server itself, all zones alive. */
  Task warmingUp() {
    return new Task(
        contender, serverPort, serverPort, 0, 0, warmUp / Questions.ZONES, perZone, timeout);
  }

  List<String> toArguments() {
    return List.of(
        contender.name(),
        String.valueOf(serverPort),
        String.valueOf(worldPort),
        String.valueOf(deadZones),
        String.valueOf(warmUp),
        String.valueOf(addresses),
        String.valueOf(perZone),
        timeout.toString());
  }

  static Task of(String[] arguments) {
    return new Task(
        Contender.valueOf(arguments[0]),
        Integer.parseInt(arguments[1]),
        Integer.parseInt(arguments[2]),
        Integer.parseInt(arguments[3]),
        Integer.parseInt(arguments[4]),
        Integer.parseInt(arguments[5]),
        Integer.parseInt(arguments[6]),
        Duration.parse(arguments[7]));
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
  }
}
