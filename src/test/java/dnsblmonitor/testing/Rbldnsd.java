package dnsblmonitor.testing;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * DNSBLs on loopback as operators of lists serve them: the real rbldnsd with zones of our own.
 *
 * <pre>{@code
 * Rbldnsd.withZone("bl.example", "ip4set", ":127.0.0.2:see https://bl.example/$\n127.0.0.2\n")
 *     .silentZone("dead.example")
 *     .start();
 * }</pre>
 */
public final class Rbldnsd implements AutoCloseable {

  private static final String PROGRAM = "rbldnsd";

  private final NativeServer server;
  private final InetSocketAddress address;

  private Rbldnsd(NativeServer server, InetSocketAddress address) {
    this.server = server;
    this.address = address;
  }

  /** A server to be, with one zone: {@code type} and {@code data} as in rbldnsd(8). */
  public static Zones withZone(String name, String type, String data) {
    return new Zones().zone(name, type, data);
  }

  /** Where to ask. */
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public void close() {
    server.close();
  }

  /** The zones of a server to be. */
  public static final class Zones {

    private final ServerFolder folder = ServerFolder.create(PROGRAM);
    private final List<String> specs = new ArrayList<>();

    private Zones() {}

    public Zones zone(String name, String type, String data) {
      String soa = "$SOA 3600 ns.%s hostmaster.%s 0 600 300 86400 300\n".formatted(name, name);
      return add(name, type, soa + data);
    }

    /** A zone below which no question is answered. */
    public Zones silentZone(String name) {
      return add(name, "acl", "0.0.0.0/0 :ignore\n").zone(name, "ip4set", "");
    }

    private Zones add(String name, String type, String data) {
      Path file = folder.write("zone" + specs.size(), data);
      specs.add("%s:%s:%s".formatted(name, type, file.getFileName()));
      return this;
    }

    /** Starts the server; it answers when this returns. */
    public Rbldnsd start() {
      InetSocketAddress address = ServerFolder.freeAddress();
      List<String> command =
          new ArrayList<>(
              List.of(
                  RealServer.RBLDNSD.program().toString(),
                  "-n",
                  "-w",
                  folder.path().toString(),
                  "-b",
                  "127.0.0.1/" + address.getPort()));
      command.addAll(specs);
      NativeServer server = NativeServer.start(command, folder);
      server.awaitSaid(") started (");
      return new Rbldnsd(server, address);
    }
  }
}
