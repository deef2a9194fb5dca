package dnsblmonitor.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP proxy on loopback that makes tunnels (CONNECT, RFC 9110 9.3.6) to one name, behind which
 * is the port that it was given; everything else is forbidden. It notes all that clients send.
 */
public final class FakeProxy implements AutoCloseable {

  private static final String END_OF_HEAD = "\r\n\r\n";

  private final String hostAndPort;
  private final int portBehind;
  private final List<String> requestLines = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
  private final RawServer server = RawServer.start(this::serve);

  private FakeProxy(String hostAndPort, int portBehind) {
    this.hostAndPort = hostAndPort;
    this.portBehind = portBehind;
  }

  /** Takes {@code jira} for {@code hostAndPort}, such as {@code jira.example:443}. */
  public static FakeProxy to(String hostAndPort, FakeJira jira) {
    return to(hostAndPort, jira.uri().getPort());
  }

  /** The same for another server on this host. */
  public static FakeProxy to(String hostAndPort, int port) {
    return new FakeProxy(hostAndPort, port);
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
  }

  /** As {@code HTTPS_PROXY} wants it. */
  public String url() {
    return "http://127.0.0.1:" + server.port();
  }

  /** The first line of each request. */
  public List<String> requestLines() {
    return List.copyOf(requestLines);
  }

  /** All bytes that clients sent, those in tunnels included, as characters. */
  public String seen() {
    return seen.toString(StandardCharsets.ISO_8859_1);
  }

  private void serve(Socket client) throws IOException {
    try (client) {
      String requestLine = head(client.getInputStream()).lines().findFirst().orElse("");
      requestLines.add(requestLine);
      if (!requestLine.equals("CONNECT %s HTTP/1.1".formatted(hostAndPort))) {
        answer(client, "403 Forbidden");
        return;
      }
      try (Socket behind = new Socket(InetAddress.getLoopbackAddress(), portBehind)) {
        answer(client, "200 Connection established");
        Thread.startVirtualThread(() -> pump(behind, client, new ByteArrayOutputStream()));
        pump(client, behind, seen);
      }
    }
  }

  private String head(InputStream input) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf(END_OF_HEAD) < 0) {
      int read = input.read();
      if (read < 0) {
        throw new IOException("no request");
      }
      seen.write(read);
      head.append((char) read);
    }
    return head.toString();
  }

  private static void answer(Socket client, String status) throws IOException {
    OutputStream output = client.getOutputStream();
    output.write(("HTTP/1.1 " + status + END_OF_HEAD).getBytes(StandardCharsets.US_ASCII));
    output.flush();
  }

  private static void pump(Socket from, Socket to, OutputStream copy) {
    byte[] buffer = new byte[8192];
    try {
      for (int n = from.getInputStream().read(buffer);
          n >= 0;
          n = from.getInputStream().read(buffer)) {
        copy.write(buffer, 0, n);
        to.getOutputStream().write(buffer, 0, n);
      }
      to.shutdownOutput();
    } catch (IOException e) {
      // one of the two went away
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
