package dnsblmonitor.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A port of loopback on which attempts to connect are dropped, as by a firewall: nobody takes the
 * connections that its short queue holds, so that Linux answers no further one.
 */
public final class Dropping implements AutoCloseable {

  private static final int MANY = 64;

  private final ServerSocket server;
  private final List<Socket> queued = new ArrayList<>();

  private Dropping(ServerSocket server) {
    this.server = server;
  }

  /** Full already. */
  public static Dropping onLoopback() throws IOException {
    Dropping dropping = new Dropping(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    for (int i = 0; i < MANY; i++) {
      Socket socket = new Socket();
      dropping.queued.add(socket);
      try {
        socket.connect(dropping.server.getLocalSocketAddress(), 200);
      } catch (SocketTimeoutException e) {
        return dropping;
      }
    }
    dropping.close();
    throw new IOException("no attempt was dropped");
  }

  public int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : queued) {
      socket.close();
    }
    server.close();
  }
}
