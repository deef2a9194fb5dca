package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.MonitorProcess.Ended;
import dnsblmonitor.testing.NeedsSmtp;
import dnsblmonitor.testing.SharedServer;
import dnsblmonitor.testing.SharedServerExtension;
import dnsblmonitor.testing.SmtpServer;
import dnsblmonitor.testing.TestAuthority;
import dnsblmonitor.testing.World;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** R39: runs inside Liberty send mail to a real server, over TLS and with a login. */
@NeedsSmtp
@ExtendWith(SharedServerExtension.class)
class MailSmtpIT {

  private final TestAuthority authority = TestAuthority.createRsa();
  private final SmtpServer mails = SmtpServer.start(authority);
  private final World world;

  MailSmtpIT(SharedServer server) {
    world = server.world("zen.example");
    world
        .set("NOTIFY_MAIL_TO", "ops@example.org, second@example.org")
        .set("NOTIFY_MAIL_FROM", "monitor@example.org")
        .set(
            "SMTP_URL",
            "smtps://%s:%s@127.0.0.1:%d"
                .formatted(
                    SmtpServer.USER,
                    URLEncoder.encode(SmtpServer.PASSWORD, StandardCharsets.UTF_8),
                    mails.tlsPort()))
        .set("TLS_CA_FILE", authority.pem().toString());
    world.database().insert("203.0.113.7", 80);
    world.dns().lists("zen.example", "203.0.113.7", "127.0.0.2");
  }

  @AfterEach
  void end() {
    world.close();
    mails.close();
  }

  @Test
  void aRunOfTheCommandSendsAMailToEachRecipient() {
    assertSent(world.process().awaitEnd());
  }

  @Test
  void aRunOfTheServerSendsAMailToEachRecipient() {
    assertSent(world.run());
  }

  private void assertSent(Ended ended) {
    ended.expectExit(0);
    assertThat(ended.events("notification_failed")).isEmpty();
    assertThat(mails.awaitMails(2))
        .allMatch(mail ->
            mail.contains("Subject: [postal] Request delisting: 203.0.113.7 is newly listed"))
        .allMatch(mail -> mail.contains("OPS-1"))
        .noneMatch(mail -> mail.contains("canary"));
    assertThat(String.join("\n", ended.lines())).doesNotContain("canary");
  }

  @Test
  void aServerThatRefusesTheLoginIsOneWarning() {
    world.set("SMTP_URL", "smtps://monitor:canary-wrong@127.0.0.1:" + mails.tlsPort());

    Ended ended = world.run();

    ended.expectExit(0);
    assertThat(ended.event("notification_failed").getString("error_message"))
        .contains("the login was refused")
        .doesNotContain("canary");
    assertThat(ended.event("notification_failed").getString("target"))
        .isEqualTo("smtps://127.0.0.1:" + mails.tlsPort());
  }
}
