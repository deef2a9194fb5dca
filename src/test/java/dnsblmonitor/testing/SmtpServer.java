package dnsblmonitor.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real mail server, Exim, on three ports of loopback, with files of its own. It accepts mail for
 * {@code ops@example.org} and {@code second@example.org} and keeps it.
 */
public final class SmtpServer implements AutoCloseable {

  public static final String USER = "monitor";

  /** Has characters that a URL must encode. */
  public static final String PASSWORD = "canary/smtp@p%w";

  private final ServerFolder folder;
  private final NativeServer server;
  private final int startTls;
  private final int tls;
  private final int plain;

  private SmtpServer(ServerFolder folder, TestAuthority authority) {
    this.folder = folder;
    this.startTls = ServeProcess.freePort();
    this.tls = ServeProcess.freePort();
    this.plain = ServeProcess.freePort();
    folder.write("cert.pem", ProjectFiles.read(authority.serverCertificate()));
    folder.write("key.pem", ProjectFiles.read(authority.serverKey()));
    makeWritable("spool");
    makeWritable("mail");
    Path configuration = folder.write("exim.conf", configuration());
    this.server =
        NativeServer.start(
            List.of(
                RealServer.EXIM.program().toString(),
                "-bdf",
                "-C",
                configuration.toString(),
                "-oP",
                folder.path().resolve("spool/pid").toString()),
            folder);
  }

  /**
   * Its certificate is of {@code authority}, which has RSA keys, for 127.0.0.1; it answers when
   * this returns.
   */
  public static SmtpServer start(TestAuthority authority) {
    SmtpServer started = new SmtpServer(ServerFolder.create("exim"), authority);
    Await.until("Exim listens", () -> listens(started.plain));
    return started;
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void makeWritable(String name) {
    try {
      Path made = Files.createDirectory(folder.path().resolve(name));
      Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxrwxrwx"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String configuration() {
    return """
    primary_hostname = jira.example
    local_interfaces = 127.0.0.1
    daemon_smtp_ports = %1$d : %2$d : %3$d
    tls_on_connect_ports = %2$d
    tls_advertise_hosts = ${if eq{$received_port}{%3$d}{}{*}}
    tls_certificate = %4$s/cert.pem
    tls_privatekey = %4$s/key.pem
    auth_advertise_hosts = ${if def:tls_in_cipher{*}{}}
    spool_directory = %4$s/spool
    log_file_path = %4$s/spool/%%slog
    keep_environment =
    add_environment =
    host_lookup =
    queue_run_in_order = true
    deliver_drop_privilege = true
    acl_smtp_mail = mail
    acl_smtp_rcpt = rcpt
    domainlist local_domains = example.org

    begin acl
    mail:
      deny senders = refused@example.org
           message = this sender is not allowed
      accept
    rcpt:
      deny condition = ${if eq{$received_port}{%3$d}{no}{yes}}
           !authenticated = *
           message = authentication required
      defer local_parts = later
            message = try again later
      deny !domains = +local_domains
           message = relay not permitted
      deny !local_parts = ops : second
           message = no such user here
      accept

    begin routers
    keep:
      driver = accept
      domains = +local_domains
      transport = keep

    begin transports
    keep:
      driver = appendfile
      maildir_format
      directory = %4$s/mail
      create_directory
      envelope_to_add

    begin authenticators
    plain:
      driver = plaintext
      public_name = PLAIN
      server_prompts = :
      server_condition = ${if and{{eq{$auth2}{%5$s}}{eq{$auth3}{%6$s}}}}
      server_set_id = $auth2
    """
        .formatted(startTls, tls, plain, folder.path(), USER, PASSWORD);
  }

  /** STARTTLS and a login are required. */
  public int startTlsPort() {
    return startTls;
  }

  /** TLS from the start, and a login is required. */
  public int tlsPort() {
    return tls;
  }

  /** Neither offers STARTTLS nor requires a login. */
  public int plainPort() {
    return plain;
  }

  /** Waits until {@code count} mails have arrived. */
  public List<String> awaitMails(int count) {
    Await.until(count + " mails", () -> mails().size() >= count);
    return mails();
  }

  /** The mails that have arrived, with their headers. */
  public List<String> mails() {
    Path arrived = folder.path().resolve("mail/new");
    if (!Files.exists(arrived)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(arrived)) {
      return files.sorted().map(SmtpServer::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path mail) {
    try {
      return Files.readString(mail, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it noted. */
  public String log() {
    return read(folder.path().resolve("spool/mainlog"));
  }

  /** Deliveries are processes of their own, which can outlive the daemon for a moment. */
  @Override
  public void close() {
    Await.until("Exim and its deliveries have ended", this::isRemoved);
  }

  private boolean isRemoved() {
    try {
      server.close();
      return true;
    } catch (UncheckedIOException e) {
      return false;
    }
  }
}
