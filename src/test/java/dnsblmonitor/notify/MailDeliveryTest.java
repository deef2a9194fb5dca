package dnsblmonitor.notify;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.delivery.Deliveries;
import dnsblmonitor.domain.Redaction;
import dnsblmonitor.domain.Secret;
import dnsblmonitor.history.Records;
import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.RawServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What SMTP servers do that hang, refuse, break off or are none; a real one is in SmtpIT. */
class MailDeliveryTest {

  private static final Duration SHORT = Duration.ofMillis(800);
  private static final String END_OF_MESSAGE = ".";

  private final List<String> commands = new CopyOnWriteArrayList<>();

  /** Replies of a server to the commands that begin so; the first that fits. */
  private record Replies(List<String> pairs) {

    static Replies of(String... pairs) {
      return new Replies(
          Stream.concat(
                  Stream.of(pairs),
                  Stream.of(
                      "EHLO",
                      "250 hello",
                      "MAIL",
                      "250 ok",
                      "RCPT",
                      "250 ok",
                      "DATA",
                      "354 go",
                      END_OF_MESSAGE,
                      "250 accepted",
                      "QUIT",
                      "221 bye"))
              .toList());
    }

    String to(String command) {
      for (int i = 0; i < pairs.size(); i += 2) {
        if (command.startsWith(pairs.get(i))) {
          return pairs.get(i + 1);
        }
      }
      return "502 unknown";
    }
  }

  /** A reply {@code hang} is none; {@code break} ends the connection. */
  private RawServer server(Replies replies) {
    return RawServer.start(client -> {
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
      write(client, "220 ready");
      boolean data = false;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        commands.add(line);
        if (data && !line.equals(END_OF_MESSAGE)) {
          continue;
        }
        String reply = replies.to(line);
        data = reply.startsWith("354");
        if (reply.equals("break")) {
          client.close();
          return;
        }
        if (!reply.equals("hang")) {
          write(client, reply);
        }
      }
    });
  }

  private static void write(Socket client, String line) throws IOException {
    client.getOutputStream().write((line + "\r\n").getBytes(US_ASCII));
    client.getOutputStream().flush();
  }

  private List<String> send(NotifySettings.Mail mail, Duration limit) {
    List<String> failures = new ArrayList<>();
    Deliveries.carryOut(
        new Notifications(Targets.mail(mail), Redaction.NONE)
            .deliveries(
                Records.at("2026-11-30T10:00:00Z", "zen.example")
                    .id("run-1")
                    .row("203.0.113.7", "L")
                    .record(),
                Optional.empty()),
        limit,
        (_, reason) -> failures.add(reason));
    return failures;
  }

  /** Why it failed, and how often it was tried. */
  private String failure(Replies replies, int attempts) {
    try (RawServer server = server(replies)) {
      List<String> failures =
          send(Targets.mail(server.port(), "ops@example.org", "two@example.org"), Deliveries.LIMIT);
      assertThat(server.connections()).as("attempts").isEqualTo(attempts);
      assertThat(failures).hasSize(1);
      return failures.getFirst();
    }
  }

  @Test
  void aMailGoesToAllRecipients() {
    try (RawServer server = server(Replies.of())) {
      assertThat(
              send(
                  Targets.mail(server.port(), "ops@example.org", "two@example.org"),
                  Deliveries.LIMIT))
          .isEmpty();

      assertThat(commands)
          .contains(
              "EHLO [127.0.0.1]",
              "MAIL FROM:<monitor@example.org>",
              "RCPT TO:<ops@example.org>",
              "RCPT TO:<two@example.org>",
              "From: monitor@example.org",
              "To: ops@example.org, two@example.org",
              "Subject: [mx-1] Request delisting: 203.0.113.7 is newly listed",
              "Date: Mon, 30 Nov 2026 10:00:02 +0000",
              "Message-ID: <run-1@example.org>",
              "Auto-Submitted: auto-generated",
              "Content-Type: text/plain; charset=UTF-8",
              "Request delisting: 203.0.113.7 is newly listed",
              "Run: run-1");
    }
  }

  /** In Liberty the library is in the application, and a thread may know only the server's. */
  @Test
  void theThreadsClassLoaderNeedNotKnowTheLibrary() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (RawServer server = server(Replies.of())) {
      thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());

      assertThat(send(Targets.mail(server.port(), "ops@example.org"), Deliveries.LIMIT)).isEmpty();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          EHLO | 554 no    | the server refused the session: 554 no
          MAIL | 550 no    | the server refused the sender: 550 no. Check NOTIFY_MAIL_FROM, and whether it requires a login
          MAIL | 530 login | the server refused the sender: 530 login. Check NOTIFY_MAIL_FROM, and whether it requires a login
          RCPT | 550 no    | the server refused ops@example.org (550 no), two@example.org (550 no). Check NOTIFY_MAIL_TO, and whether it requires a login
          RCPT TO:<two | 550 no | delivered to ops@example.org, but not to two@example.org (550 no)
          RCPT TO:<two | 450 later | delivered to ops@example.org, but not to two@example.org (450 later)
          DATA | 554 no    | the server refused the message: 554 no
          .    | 554 spam  | the server refused the message: 554 spam
          """)
  void aRefusalIsNotRepeated(String command, String reply, String message) {
    Replies replies =
        command.equals("EHLO")
            ? Replies.of("EHLO", reply, "HELO", reply)
            : Replies.of(command, reply);

    assertThat(failure(replies, 1)).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MAIL | 451 later | the server does not accept the message: 451 later
          RCPT | 450 grey  | the server does not accept mail for ops@example.org (450 grey), two@example.org (450 grey)
          DATA | 421 busy  | the server does not accept the message: 421 busy
          .    | 451 later | the server does not accept the message: 451 later
          """)
  void aTemporaryReplyIsTriedThreeTimes(String command, String reply, String message) {
    assertThat(failure(Replies.of(command, reply), 3)).isEqualTo(message);
  }

  @Test
  void nothingIsRepeatedThatMayHaveBeenAccepted() {
    assertThat(failure(Replies.of(END_OF_MESSAGE, "break"), 1))
        .isEqualTo(
            "the connection broke while the message was sent; not repeated, since it may have arrived");
  }

  @ParameterizedTest
  @CsvSource({"EHLO", "RCPT", "DATA", "."})
  void aServerThatHangsIsGivenUpWithItsConnection(String command) {
    try (RawServer server = server(Replies.of(command, "hang"))) {
      long started = System.nanoTime();

      assertThat(send(Targets.mail(server.port(), "ops@example.org"), SHORT))
          .singleElement()
          .asString()
          .startsWith("no answer within");

      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
      Await.until("the connection is closed", server::isDeserted);
    }
  }

  @Test
  void whatIsNoSmtpServerIsNamed() {
    try (RawServer server = RawServer.start(client -> write(client, "+OK POP3 ready"))) {
      assertThat(send(Targets.mail(server.port(), "ops@example.org"), Deliveries.LIMIT))
          .singleElement()
          .asString()
          .startsWith("no SMTP server answered: '+OK POP3 ready'. Check host and port");
    }
  }

  @Test
  void aBusyServerIsTriedAgain() {
    try (RawServer server = RawServer.start(client -> write(client, "421 too many connections"))) {
      assertThat(send(Targets.mail(server.port(), "ops@example.org"), Deliveries.LIMIT))
          .containsExactly("the server is not available: 421 too many connections");
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  @Test
  void aClosedPortIsNamed() {
    assertThat(send(Targets.mail(1, "ops@example.org"), Deliveries.LIMIT))
        .containsExactly("cannot connect; check host, port, firewall and NetworkPolicy");
  }

  @Test
  void anUnknownHostIsNamed() {
    NotifySettings.Mail mail = Targets.mail(587, "ops@example.org");

    assertThat(
            send(
                new NotifySettings.Mail(
                    "smtp.invalid",
                    587,
                    false,
                    true,
                    mail.login(),
                    mail.trustStore(),
                    mail.from(),
                    mail.to()),
                Deliveries.LIMIT))
        .containsExactly("the host name cannot be resolved; check SMTP_URL");
  }

  @Test
  void withoutStartTlsNeitherLoginNorMessageIsSent() {
    try (RawServer server = server(Replies.of("EHLO", "250 AUTH PLAIN LOGIN"))) {
      NotifySettings.Mail mail =
          new NotifySettings.Mail(
              "127.0.0.1",
              server.port(),
              false,
              true,
              Optional.of(new NotifySettings.Login("monitor", new Secret("canary"))),
              Optional.empty(),
              "monitor@example.org",
              List.of("ops@example.org"));

      assertThat(send(mail, Deliveries.LIMIT))
          .singleElement()
          .asString()
          .startsWith("the server does not offer STARTTLS, and nothing is sent without TLS");
      assertThat(commands).containsExactly("EHLO [127.0.0.1]");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "ops@example.org\r\nBcc: all@example.org",
        "ops@example.org>\nRCPT TO:<all@example.org",
        "nobody"
      })
  void whatIsNoAddressIsRefused(String to) {
    try (RawServer server = server(Replies.of())) {
      assertThat(send(Targets.mail(server.port(), to), Deliveries.LIMIT))
          .singleElement()
          .asString()
          .endsWith("is not a mail address. Correct NOTIFY_MAIL_TO")
          .doesNotContain("\n", "\r");
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void noTextGetsIntoTheHeader() {
    Message message =
        new Message(
            "mx-1",
            "run-1\r\nBcc: all@example.org",
            java.time.Instant.parse("2026-11-30T10:00:00Z"),
            List.of(
                new Item.Started(
                    Topic.LIST_BROKEN, "bl.example\r\nBcc: all@example.org\r\n\r\nbody", "x")));
    try (RawServer server = server(Replies.of())) {
      List<String> failures = new ArrayList<>();
      Deliveries.carryOut(
          List.of(new MailDelivery(Targets.mail(server.port(), "ops@example.org"), message)),
          Deliveries.LIMIT,
          (_, reason) -> failures.add(reason));

      assertThat(failures).isEmpty();
      List<String> header = commands.stream().takeWhile(line -> !line.isEmpty()).toList();
      assertThat(header)
          .noneMatch(line -> line.startsWith("Bcc"))
          .anyMatch(line -> line.startsWith("Content-Type: text/plain"));
    }
  }
}
