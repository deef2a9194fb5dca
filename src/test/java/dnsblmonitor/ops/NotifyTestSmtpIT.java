package dnsblmonitor.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.NeedsSmtp;
import dnsblmonitor.testing.SmtpServer;
import dnsblmonitor.testing.TestAuthority;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The distribution's {@code notify-test} with a real mail server. */
@NeedsSmtp
class NotifyTestSmtpIT {

  @Test
  void aTestMailArrives() {
    TestAuthority authority = TestAuthority.createRsa();
    try (SmtpServer server = SmtpServer.start(authority)) {
      String password = URLEncoder.encode(SmtpServer.PASSWORD, StandardCharsets.UTF_8);

      CommandProcess.Ended ended =
          CommandProcess.run(
              "notify-test",
              Map.of(
                  "NOTIFY_MAIL_TO",
                  "ops@example.org, second@example.org",
                  "NOTIFY_MAIL_FROM",
                  "monitor@example.org",
                  "SMTP_URL",
                  "smtps://%s:%s@127.0.0.1:%d"
                      .formatted(SmtpServer.USER, password, server.tlsPort()),
                  "TLS_CA_FILE",
                  authority.pem().toString()));

      assertThat(ended.exitCode()).as(ended.all()).isZero();
      assertThat(ended.all()).doesNotContain("canary");
      assertThat(server.awaitMails(2))
          .allMatch(mail -> mail.contains("Subject: [postal] This is a test: nothing to do"))
          .noneMatch(mail -> mail.contains("canary"));
    }
  }
}
