package dnsblmonitor.testing;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** The real node_exporter on loopback, with nothing but its textfile collector. */
public final class NodeExporter implements AutoCloseable {

  private final NativeServer server;
  private final URI url;

  private NodeExporter(NativeServer server, URI url) {
    this.server = server;
    this.url = url;
  }

  /** Starts one that reads the files of a folder. */
  public static NodeExporter of(Path textfiles) {
    ServerFolder folder = ServerFolder.create("node-exporter");
    int port = ServeProcess.freePort();
    List<String> command =
        List.of(
            RealServer.NODE_EXPORTER.program().toString(),
            "--web.listen-address=127.0.0.1:" + port,
            "--collector.disable-defaults",
            "--collector.textfile",
            "--collector.textfile.directory=" + textfiles);
    NativeServer server = NativeServer.start(command, folder);
    server.awaitSaid("Listening on");
    return new NodeExporter(server, URI.create("http://127.0.0.1:" + port));
  }

  /** Where it is scraped. */
  public URI url() {
    return url;
  }

  @Override
  public void close() {
    server.close();
  }
}
