package dnsblmonitor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dnsblmonitor.delivery.HttpEndpoint;
import dnsblmonitor.domain.Secret;
import dnsblmonitor.metrics.MetricsSettings;
import dnsblmonitor.notify.NotifySettings;
import dnsblmonitor.notify.NotifySettings.Login;
import dnsblmonitor.notify.NotifySettings.Mail;
import dnsblmonitor.notify.Topic;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R38, R39: where metrics and notifications go. */
class TargetVariablesTest {

  private static final Map<String, String> MAIL =
      Map.of(
          "NOTIFY_MAIL_TO", "ops@example.com, abuse@example.net",
          "NOTIFY_MAIL_FROM", "dnsbl@example.com",
          "SMTP_URL", "smtp://relay:canary%2Fpw%40@mail.example.com");

  @TempDir Path folder = Path.of("set by JUnit");

  private static Environment environment(Map<String, String> variables) {
    return new Environment(
        new SmallRyeConfigBuilder()
            .withSources(
                Environment.defaults(), new PropertiesConfigSource(variables, "environment", 300))
            .build());
  }

  private static NotifySettings notify(Map<String, String> variables) {
    return environment(variables).notifySettings().orElseThrow();
  }

  private static Settings settings(Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(variables);
    all.put("DB_URL", "postgresql://monitor:pw@db.example.com/postal");
    all.put("DNSBL_ZONES", "zen.example");
    all.put("TICKETS", "none");
    return environment(all).settings();
  }

  private static MetricsSettings metrics(Map<String, String> variables) {
    return settings(variables).metrics().orElseThrow();
  }

  /** Of a run's settings and of those of {@code notify-test}, as far as they are about it. */
  private static List<String> faults(Map<String, String> variables) {
    return catchThrowableOfType(ConfigurationException.class, () -> settings(variables)).faults();
  }

  @Test
  void allOfItIsOffByDefault() {
    assertThat(settings(Map.of()).metrics()).isEmpty();
    assertThat(settings(Map.of()).notifications()).isEmpty();
    assertThat(environment(Map.of()).notifySettings()).isEmpty();
  }

  @Test
  void theTextfileIsAnAbsolutePathThatNodeExporterReads() {
    MetricsSettings settings =
        metrics(Map.of("METRICS_FILE", "/var/lib/metrics/dnsbl.prom", "DEPLOYMENT_NAME", "east"));

    assertThat(settings.file()).contains(Path.of("/var/lib/metrics/dnsbl.prom"));
    assertThat(settings.push()).isEmpty();
    assertThat(settings.deployment()).isEqualTo("east");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dnsbl.prom", "/var/lib/metrics/dnsbl.txt", "/var/lib/metrics"})
  void anotherPathIsAFault(String path) {
    assertThat(faults(Map.of("METRICS_FILE", path)))
        .containsExactly(
            "METRICS_FILE: '%s' is not the absolute path of a file NAME.prom".formatted(path));
  }

  @Test
  void aPushgatewayTakesTheLoginOfItsUrl() {
    HttpEndpoint push =
        metrics(Map.of("METRICS_PUSH_URL", "https://pusher:can%40ary@push.example.com:9091/base/"))
            .push()
            .orElseThrow();

    assertThat(push.url()).isEqualTo(URI.create("https://push.example.com:9091/base"));
    // printf 'pusher:can@ary' | base64
    assertThat(push.authorization()).contains(new Secret("Basic cHVzaGVyOmNhbkBhcnk="));
    assertThat(push.target()).isEqualTo("https://push.example.com:9091");
    assertThat(push.credentials())
        .containsExactly(new Secret("cHVzaGVyOmNhbkBhcnk="), new Secret("can@ary"));
  }

  @Test
  void orAToken() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "canary-token\n");
    Settings settings =
        settings(
            Map.of(
                "METRICS_PUSH_URL",
                "http://127.0.0.1:9091",
                "METRICS_PUSH_TOKEN_FILE",
                file.toString()));

    assertThat(settings.metrics().orElseThrow().push().orElseThrow().authorization())
        .contains(new Secret("Bearer canary-token"));
    assertThat(settings.secrets()).contains(new Secret("canary-token"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          METRICS_PUSH_URL   | http://canary:canary@push.example.com      | is not https://
          METRICS_PUSH_URL   | https://push.example.com?token=canary      | is not https://
          METRICS_PUSH_URL   | push.example.com:9091                      | is not https://
          METRICS_PUSH_URL   | https://                                   | is not https://
          METRICS_PUSH_URL   | https://u:canary@push.example.com:99999    | is not https://
          NOTIFY_SLACK_URL   | https://chat.example.com:0/canary          | is not an https URL
          METRICS_PUSH_TOKEN | canary                                     | is set, but METRICS_PUSH_URL is not
          NOTIFY_WEBHOOK_URL | http://hooks.example.com/canary            | is not an https URL
          NOTIFY_WEBHOOK_URL | https://user:canary@hooks.example.com      | is not an https URL
          NOTIFY_WEBHOOK_URL | https://hooks.example.com/ca nary          | is not an https URL
          NOTIFY_SLACK_URL   | canary                                     | is not an https URL
          NOTIFY_SLACK_URL   | https://hooks.example.com/x#canary         | is not an https URL
          NOTIFY_WEBHOOK_SECRET | canary                                  | is set, but NOTIFY_WEBHOOK_URL is not
          """)
  void aBadUrlIsAFaultThatDoesNotShowIt(String name, String value, String fault) {
    assertThat(faults(Map.of(name, value)))
        .singleElement()
        .asString()
        .startsWith(name + ": " + fault)
        .doesNotContain("canary");
  }

  /** The JDK's message about such a header would quote it. */
  @ParameterizedTest
  @ValueSource(strings = {"canary canary", "canary\u201d", "canary\ncanary"})
  void aTokenIsOneWord(String token) {
    assertThat(
            faults(
                Map.of(
                    "METRICS_PUSH_URL", "https://push.example.com", "METRICS_PUSH_TOKEN", token)))
        .containsExactly("METRICS_PUSH_TOKEN: is not one word of visible ASCII characters");
  }

  @Test
  void aLoginAndATokenAreOneTooMany() {
    assertThat(
            faults(
                Map.of(
                    "METRICS_PUSH_URL", "https://pusher:canary@push.example.com",
                    "METRICS_PUSH_TOKEN", "canary")))
        .containsExactly(
            "METRICS_PUSH_TOKEN: METRICS_PUSH_URL contains a login; set only one of them");
  }

  @Test
  void webhooksAreSecret() {
    NotifySettings settings =
        notify(
            Map.of(
                "NOTIFY_WEBHOOK_URL", "https://hooks.example.com/dnsbl?key=canary-1-of-16-letters",
                "NOTIFY_WEBHOOK_SECRET", "canary-2",
                "NOTIFY_SLACK_URL", "https://chat.example.com/services/canary-3-of-16-letters"));

    assertThat(settings.webhook().orElseThrow().secret()).contains(new Secret("canary-2"));
    assertThat(settings.webhook().orElseThrow().endpoint().target())
        .isEqualTo("https://hooks.example.com");
    assertThat(settings.secrets())
        .contains(
            new Secret("canary-1-of-16-letters"),
            new Secret("canary-2"),
            new Secret("canary-3-of-16-letters"))
        .as("names of zones and the like are not replaced in the log")
        .doesNotContain(new Secret("dnsbl"), new Secret("services"));
    assertThat(settings.topics()).containsExactlyInAnyOrder(Topic.values());
  }

  /** The key of Standard Webhooks is Base64 after its prefix. */
  @Test
  void aKeyThatCannotBeDecodedIsAFaultThatDoesNotShowIt() {
    assertThat(
            faults(
                Map.of(
                    "NOTIFY_WEBHOOK_URL", "https://hooks.example.com/in",
                    "NOTIFY_WEBHOOK_SECRET", "whsec_canary!")))
        .singleElement()
        .asString()
        .startsWith("NOTIFY_WEBHOOK_SECRET: ")
        .doesNotContain("canary");
  }

  @Test
  void mailNeedsAServerASenderAndRecipients() {
    Mail mail = notify(MAIL).mail().orElseThrow();

    assertThat(mail)
        .isEqualTo(
            new Mail(
                "mail.example.com",
                587,
                false,
                true,
                Optional.of(new Login("relay", new Secret("canary/pw@"))),
                Optional.empty(),
                "dnsbl@example.com",
                List.of("ops@example.com", "abuse@example.net")));
    assertThat(notify(MAIL).secrets()).contains(new Secret("canary/pw@"));
    for (String name : MAIL.keySet()) {
      Map<String, String> others = new HashMap<>(MAIL);
      others.remove(name);
      assertThat(faults(others))
          .containsExactly(
              name + ": is required for mail (NOTIFY_MAIL_TO, NOTIFY_MAIL_FROM and SMTP_URL)");
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          smtp://mail.example.com,       587, false, true
          smtp://mail.example.com:25/,   25,  false, true
          smtps://mail.example.com,      465, true,  false
          smtps://u:p@mail.example.com:1, 1,  true,  false
          smtp://127.0.0.1,              587, false, false
          smtp://localhost:2525,        2525, false, false
          smtp://[::1]:2525,            2525, false, false
          """)
  void startTlsIsRequiredUnlessTheServerIsOnThisHost(
      String url, int port, boolean tls, boolean startTls) {
    Mail mail = notify(with(MAIL, "SMTP_URL", url)).mail().orElseThrow();

    assertThat(mail.port()).isEqualTo(port);
    assertThat(mail.tls()).isEqualTo(tls);
    assertThat(mail.startTls()).isEqualTo(startTls);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mail.example.com",
        "http://mail.example.com",
        "smtp://canary@mail.example.com",
        "smtp://org/canary:canary@mail.example.com",
        "smtp://user:ca%nary@mail.example.com",
        "smtp://mail.example.com/canary",
        "smtp://user:canary@",
        "smtp://mail.example.com?password=canary",
        "smtp://user:canary@mail.example.com:0",
        "smtp://user:canary@mail.example.com:65536"
      })
  void aBadServerIsAFaultThatDoesNotShowItsPassword(String url) {
    assertThat(faults(with(MAIL, "SMTP_URL", url)))
        .singleElement()
        .asString()
        .startsWith("SMTP_URL: is not smtp[s]://")
        .doesNotContain("canary");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ops", "ops@", "@example.com", "a b@example.com", "Ops <ops@example.com>"})
  void aBadAddressIsAFault(String address) {
    for (String name : List.of("NOTIFY_MAIL_TO", "NOTIFY_MAIL_FROM")) {
      assertThat(faults(with(MAIL, name, address)))
          .containsExactly(
              "%s: '%s' is not an address such as ops@example.com".formatted(name, address));
    }
  }

  @Test
  void theTopicsAreChosen() {
    Map<String, String> chat =
        Map.of("NOTIFY_SLACK_URL", "https://chat.example.com/x", "NOTIFY_ON", "Listed, restored");

    assertThat(notify(chat).topics()).containsExactlyInAnyOrder(Topic.LISTED, Topic.RESTORED);
    assertThat(faults(with(chat, "NOTIFY_ON", "listed,delisted")))
        .containsExactly(
            "NOTIFY_ON: 'delisted' is not one of listed, changed, restored, pool_exhausted, list_broken, malfunction, mass_listing, run_failed");
    assertThat(faults(with(chat, "NOTIFY_ON", ",")))
        .containsExactly("NOTIFY_ON: names no topic; to send nothing, unset the targets");
  }

  @Test
  void aProxyIsUsedForTargetsThatAreNotExcepted() {
    Map<String, String> variables =
        Map.of(
            "NOTIFY_WEBHOOK_URL", "https://hooks.example.com/x",
            "NOTIFY_SLACK_URL", "https://chat.example.net/x",
            "HTTPS_PROXY", "http://proxy.example.com:3128",
            "NO_PROXY", ".example.net");

    NotifySettings settings = notify(variables);

    assertThat(settings.webhook().orElseThrow().endpoint().proxy()).isPresent();
    assertThat(settings.chat().orElseThrow().proxy()).isEmpty();
    assertThat(faults(with(variables, "HTTPS_PROXY", "nonsense")))
        .containsExactly("HTTPS_PROXY: is not http://host:port");
  }

  private static Map<String, String> with(
      Map<String, String> variables, String name, String value) {
    Map<String, String> all = new HashMap<>(variables);
    all.put(name, value);
    return all;
  }
}
