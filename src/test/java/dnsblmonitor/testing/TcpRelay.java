package dnsblmonitor.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/** A way to a server on loopback that can break, or go silent. */
public final class TcpRelay implements AutoCloseable {

  private final ServerSocket listener;
  private final int target;
  private final CompletableFuture<Void> accepting;

  /** Both ends of each connection, the oldest first. */
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  /** Bytes pass as long as one can have it. */
  private final Semaphore open = new Semaphore(1);

  private TcpRelay(ServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
    this.accepting = CompletableFuture.runAsync(this::accept, Thread::startVirtualThread);
  }

  /** To {@code target}, a port of loopback. */
  public static TcpRelay to(int target) {
    try {
      return new TcpRelay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** All connections but the first are reset, and no other is taken. */
  public void cutAllButFirst() throws IOException {
    acceptNoMore();
    for (Socket socket : sockets.subList(2, sockets.size())) {
      reset(socket);
    }
  }

  /** As if the server's machine had lost its power: nothing arrives any more, nothing is ended. */
  public void freeze() {
    open.acquireUninterruptibly();
  }

  /** The port stays open until the last attempt to accept has ended. */
  private void acceptNoMore() throws IOException {
    listener.close();
    accepting.join();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket();
        server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
        sockets.add(client);
        sockets.add(server);
        Thread.ofVirtual().start(() -> pass(client, server));
        Thread.ofVirtual().start(() -> pass(server, client));
      }
    } catch (IOException e) {
      // the relay was closed
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[16_384];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        open.acquireUninterruptibly();
        open.release();
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // one end broke: so does the other
    }
  }

  private static void reset(Socket socket) throws IOException {
    try {
      socket.setSoLinger(true, 0);
    } catch (SocketException e) {
      // it is closed already
    }
    socket.close();
  }

  /** Resets what is open. */
  @Override
  public void close() {
    try {
      acceptNoMore();
      for (Socket socket : sockets) {
        reset(socket);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      open.release();
    }
  }
}
