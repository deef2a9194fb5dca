package dnsblmonitor.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A {@link DelayProxy} that runs. */
record ProxyProcess(Process process, int port) implements AutoCloseable {

  private static final List<String> JVM_OPTIONS = List.of("-Xmx128m", "-XX:+UseSerialGC");

  static ProxyProcess start(World world, int serverPort) {
    Process process =
        Children.start(
            JVM_OPTIONS,
            DelayProxy.class,
            List.of(
                String.valueOf(serverPort),
                world.delay().toString(),
                String.valueOf(world.lossPercent())));
    try {
      BufferedReader output = process.inputReader();
      String port = output.readLine();
      if (port == null) {
        throw new IllegalStateException("the proxy did not start");
      }
      return new ProxyProcess(process, Integer.parseInt(port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
