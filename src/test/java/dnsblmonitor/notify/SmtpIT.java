package dnsblmonitor.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.delivery.Deliveries;
import dnsblmonitor.domain.Redaction;
import dnsblmonitor.domain.Secret;
import dnsblmonitor.testing.NeedsSmtp;
import dnsblmonitor.testing.SmtpServer;
import dnsblmonitor.testing.TestAuthority;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.security.KeyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mail to a real SMTP server with TLS and login (R39). */
@NeedsSmtp
class SmtpIT {

  private enum Port {
    START_TLS,
    TLS,
    PLAIN
  }

  private static final TestAuthority AUTHORITY = TestAuthority.createRsa();
  private final SmtpServer server = SmtpServer.start(AUTHORITY);
  private Optional<String> password = Optional.of(SmtpServer.PASSWORD);
  private Optional<KeyStore> trusted = Optional.of(AUTHORITY.trustStore());
  private String host = "127.0.0.1";
  private String from = "monitor@example.org";

  @AfterEach
  void endServer() {
    server.close();
  }

  private List<String> send(Port port, String... to) {
    return send(port, false, to);
  }

  /** Why it failed; empty if it was delivered. */
  private List<String> send(Port port, boolean requireStartTls, String... to) {
    NotifySettings.Mail mail =
        new NotifySettings.Mail(
            host,
            switch (port) {
              case START_TLS -> server.startTlsPort();
              case TLS -> server.tlsPort();
              case PLAIN -> server.plainPort();
            },
            port == Port.TLS,
            requireStartTls || port == Port.START_TLS,
            password.map(it -> new NotifySettings.Login(SmtpServer.USER, new Secret(it))),
            trusted,
            from,
            List.of(to));
    Message message =
        new Message(
            "mx-1",
            "run-1",
            Instant.parse("2026-11-30T10:00:00Z"),
            List.of(
                new Item.Started(
                    Topic.LIST_BROKEN, "bücher.example", "keine Antwort: ärgerlich, 例え")));
    List<String> failures = new ArrayList<>();
    Deliveries.carryOut(
        List.of(new MailDelivery(mail, message)),
        Deliveries.LIMIT,
        (delivery, reason) -> failures.add(delivery.target() + " " + Redaction.NONE.of(reason)));
    assertThat(failures.toString()).doesNotContain("canary");
    return failures;
  }

  private static MimeMessage parsed(String mail) throws Exception {
    return new MimeMessage(
        Session.getInstance(new Properties()), new ByteArrayInputStream(mail.getBytes(UTF_8)));
  }

  @Test
  void aMailIsDeliveredOverStartTls() throws Exception {
    assertThat(send(Port.START_TLS, "ops@example.org")).isEmpty();

    String mail = server.awaitMails(1).getFirst();
    assertThat(mail).contains("with esmtpsa").doesNotContain("canary");
    MimeMessage read = parsed(mail);
    assertThat(read.getSubject())
        .isEqualTo("[mx-1] Check the blocklist bücher.example: it gives no usable answer");
    assertThat(read.getContent().toString().replace("\r\n", "\n"))
        .isEqualTo(
            """
            Check the blocklist bücher.example: it gives no usable answer
            Deployment: mx-1

            - Started: keine Antwort: ärgerlich, 例え

            Run: run-1
            """);
    assertThat(read.getMessageID()).isEqualTo("<run-1@example.org>");
    assertThat(read.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(read.getSentDate()).isEqualTo("2026-11-30T10:00:00Z");
    assertThat(mail.lines().takeWhile(line -> !line.isEmpty()))
        .as("the header is ASCII")
        .allMatch(line -> line.chars().allMatch(c -> c < 128));
  }

  @Test
  void aMailIsDeliveredOverTlsFromTheStart() {
    assertThat(send(Port.TLS, "ops@example.org")).isEmpty();

    assertThat(server.awaitMails(1).getFirst()).contains("with esmtpsa", "To: ops@example.org");
  }

  @Test
  void onLoopbackAMailIsDeliveredWithoutTlsAndLogin() {
    password = Optional.empty();

    assertThat(send(Port.PLAIN, "ops@example.org")).isEmpty();

    assertThat(server.awaitMails(1).getFirst()).contains("with esmtp (Exim");
  }

  @Test
  void allRecipientsGetIt() {
    assertThat(send(Port.START_TLS, "ops@example.org", "second@example.org")).isEmpty();

    assertThat(server.awaitMails(2))
        .allMatch(mail -> mail.contains("To: ops@example.org, second@example.org"))
        .anyMatch(mail -> mail.contains("Envelope-to: ops@example.org"))
        .anyMatch(mail -> mail.contains("Envelope-to: second@example.org"));
  }

  @Test
  void aWrongPasswordIsNamed() {
    password = Optional.of("canary-wrong");

    assertThat(send(Port.START_TLS, "ops@example.org"))
        .singleElement()
        .asString()
        .startsWith(
            "smtp://127.0.0.1:%d the login was refused: 535 ".formatted(server.startTlsPort()))
        .endsWith("Check user and password in SMTP_URL");
    assertThat(server.log()).doesNotContain("canary");
  }

  @Test
  void withoutALoginTheServersReasonIsNamed() {
    password = Optional.empty();

    assertThat(send(Port.TLS, "ops@example.org"))
        .singleElement()
        .asString()
        .contains("authentication required", "whether it requires a login");
  }

  @Test
  void anUnknownAuthorityIsRefusedBeforeTheLogin() {
    trusted = Optional.empty();

    for (Port port : List.of(Port.START_TLS, Port.TLS)) {
      assertThat(send(port, "ops@example.org"))
          .singleElement()
          .asString()
          .contains("TLS failed: ", "certification path", "TLS_CA_FILE");
    }
    assertThat(server.mails()).isEmpty();
  }

  @Test
  void aCertificateForAnotherNameIsRefused() {
    host = "localhost";

    for (Port port : List.of(Port.START_TLS, Port.TLS)) {
      assertThat(send(port, "ops@example.org"))
          .singleElement()
          .asString()
          .contains("TLS failed: ", "localhost");
    }
    assertThat(server.mails()).isEmpty();
  }

  @Test
  void aRefusedRecipientDoesNotKeepItFromTheOthers() {
    assertThat(send(Port.START_TLS, "nobody@example.org"))
        .singleElement()
        .asString()
        .contains("the server refused nobody@example.org (550 no such user here)");
    assertThat(send(Port.START_TLS, "nobody@example.org", "ops@example.org"))
        .singleElement()
        .asString()
        .contains("delivered to ops@example.org, but not to nobody@example.org (550 no such");
    assertThat(server.awaitMails(1)).hasSize(1);
  }

  @Test
  void aRecipientThatIsNotReadyIsTriedAgain() {
    assertThat(send(Port.START_TLS, "later@example.org"))
        .singleElement()
        .asString()
        .contains("does not accept mail for later@example.org (451 try again later)");
    assertThat(server.log().split("try again later", -1)).hasSize(4);
  }

  @Test
  void aRefusedSenderIsNamed() {
    from = "refused@example.org";

    assertThat(send(Port.START_TLS, "ops@example.org"))
        .singleElement()
        .asString()
        .contains("the server refused the sender: 550 this sender is not allowed")
        .contains("NOTIFY_MAIL_FROM");
  }

  @Test
  void aServerWithoutStartTlsGetsNothing() {
    assertThat(send(Port.PLAIN, true, "ops@example.org"))
        .singleElement()
        .asString()
        .contains("does not offer STARTTLS, and nothing is sent without TLS");
    assertThat(server.mails()).isEmpty();
  }

  @Test
  void theWrongKindOfPortIsExplained() {
    trusted = Optional.of(AUTHORITY.trustStore());
    NotifySettings.Mail toPlain =
        new NotifySettings.Mail(
            host,
            server.startTlsPort(),
            true,
            false,
            Optional.empty(),
            trusted,
            from,
            List.of("ops@example.org"));
    List<String> failures = new ArrayList<>();
    Deliveries.carryOut(
        new Notifications(Targets.mail(toPlain), Redaction.NONE)
            .testDeliveries("id-1", Instant.parse("2026-11-30T10:00:00Z")),
        Deliveries.LIMIT,
        (_, reason) -> failures.add(reason));

    assertThat(failures)
        .singleElement()
        .asString()
        .contains("TLS failed", "for a port with STARTTLS write smtp://");
  }
}
