package dnsblmonitor.testing;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The real Pushgateway on loopback, which keeps its metrics in memory. */
public final class Pushgateway implements AutoCloseable {

  /** The user of a Pushgateway that requires a login. */
  public static final String USER = "monitor";

  public static final String PASSWORD = "a made-up password";

  /** The same by bcrypt. */
  private static final String HASH = "$2b$04$abcdefghijklmnopqrstuuOjo9tBsqe0iJJ3ThFCRvuTE6vulXtxC";

  private final NativeServer server;
  private final URI url;

  private Pushgateway(NativeServer server, URI url) {
    this.server = server;
    this.url = url;
  }

  /** Starts one that takes metrics of everybody. */
  public static Pushgateway start() {
    return start(ServerFolder.create("pushgateway"), "http", List.of());
  }

  /** Starts one that takes metrics by TLS with the login. */
  public static Pushgateway withTlsAndLogin(TestAuthority authority) {
    ServerFolder folder = ServerFolder.create("pushgateway");
    var config =
        folder.write(
            "web.yml",
            """
            tls_server_config:
              cert_file: %s
              key_file: %s
            basic_auth_users:
              %s: %s
            """
                .formatted(authority.serverCertificate(), authority.serverKey(), USER, HASH));
    return start(folder, "https", List.of("--web.config.file=" + config));
  }

  private static Pushgateway start(ServerFolder folder, String scheme, List<String> more) {
    int port = ServeProcess.freePort();
    List<String> command =
        new ArrayList<>(
            List.of(
                RealServer.PUSHGATEWAY.program().toString(),
                "--web.listen-address=127.0.0.1:" + port,
                "--persistence.file="));
    command.addAll(more);
    NativeServer server = NativeServer.start(command, folder);
    server.awaitSaid("Listening on");
    return new Pushgateway(server, URI.create("%s://127.0.0.1:%d".formatted(scheme, port)));
  }

  /** Where to push, as an operator sets it. */
  public URI url() {
    return url;
  }

  @Override
  public void close() {
    server.close();
  }
}
