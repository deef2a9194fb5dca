package dnsblmonitor.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A TCP server on loopback that does with each connection whatever a test wants. */
public final class RawServer implements AutoCloseable {

  /** What it does with a connection, which stays open afterwards. */
  @FunctionalInterface
  public interface Conversation {
    void with(Socket client) throws IOException;
  }

  private final ServerSocket listening;
  private final Conversation conversation;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CompletableFuture<Void> accepting;

  private RawServer(ServerSocket listening, Conversation conversation) {
    this.listening = listening;
    this.conversation = conversation;
    this.accepting = CompletableFuture.runAsync(this::accept, threads);
  }

  public static RawServer start(Conversation conversation) {
    try {
      return new RawServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), conversation);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** How many connections were made. */
  public int connections() {
    return sockets.size();
  }

  /** Whether the clients have closed all connections. */
  public boolean isDeserted() {
    return sockets.stream().allMatch(RawServer::isAtEnd);
  }

  private static boolean isAtEnd(Socket socket) {
    try {
      while (socket.getInputStream().read() >= 0) {
        // what the client has sent
      }
      return true;
    } catch (IOException e) {
      return true; // reset
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        sockets.add(client);
        threads.execute(() -> converse(client));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void converse(Socket client) {
    try {
      conversation.with(client);
    } catch (IOException e) {
      // the client went away
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
      accepting.join(); // the port stays open until then
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
