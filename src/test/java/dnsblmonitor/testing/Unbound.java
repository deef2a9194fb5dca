package dnsblmonitor.testing;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * A real resolver on loopback, unbound, that knows nothing but what one server on loopback answers;
 * some zones it is told to fetch elsewhere.
 */
public final class Unbound implements AutoCloseable {

  private static final String PROGRAM = "unbound";

  private final NativeServer server;
  private final InetSocketAddress address;

  private Unbound(NativeServer server, InetSocketAddress address) {
    this.server = server;
    this.address = address;
  }

  /** A zone and who is to be asked for it. */
  public record Stub(String zone, InetSocketAddress server) {

    private String configuration() {
      return "stub-zone:\n name: \"%s\"\n stub-addr: %s@%d\n"
          .formatted(zone, server.getAddress().getHostAddress(), server.getPort());
    }
  }

  /** Starts a resolver that fetches {@code stubs}; it answers when this returns. */
  public static Unbound start(List<Stub> stubs) {
    ServerFolder folder = ServerFolder.create(PROGRAM);
    InetSocketAddress address = ServerFolder.freeAddress();
    StringBuilder configuration = new StringBuilder(configuration(folder, address));
    stubs.forEach(stub -> configuration.append(stub.configuration()));
    List<String> command =
        List.of(
            RealServer.UNBOUND.program().toString(),
            "-d",
            "-c",
            folder.write("unbound.conf", configuration.toString()).toString());
    NativeServer server = NativeServer.start(command, folder);
    server.awaitSaid("start of service");
    return new Unbound(server, address);
  }

  private static String configuration(ServerFolder folder, InetSocketAddress address) {
    return """
    server:
     directory: "%s"
     pidfile: "pid"
     chroot: ""
     username: ""
     use-syslog: no
     do-daemonize: no
     num-threads: 1
     interface: 127.0.0.1
     port: %d
     outgoing-interface: 127.0.0.1
     do-ip6: no
     do-not-query-localhost: no
     module-config: "iterator"
    remote-control:
     control-enable: no
    """
        .formatted(folder.path(), address.getPort());
  }

  /** Where to ask. */
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public void close() {
    server.close();
  }
}
