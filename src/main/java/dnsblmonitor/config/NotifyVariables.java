package dnsblmonitor.config;

import dnsblmonitor.delivery.HttpEndpoint;
import dnsblmonitor.domain.Secret;
import dnsblmonitor.notify.NotifySettings;
import dnsblmonitor.notify.Topic;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the variables of notifications (R39). */
final class NotifyVariables {

  private final Variables variables;

  NotifyVariables(Variables variables) {
    this.variables = variables;
  }

  /** Empty: no target is set. */
  Optional<NotifySettings> read() {
    Optional<KeyStore> trusted = CertificateAuthorities.read(variables);
    Optional<NotifySettings.Webhook> webhook =
        endpoint("NOTIFY_WEBHOOK_URL", trusted)
            .map(it ->
                new NotifySettings.Webhook(
                    it, variables.textOrFile("NOTIFY_WEBHOOK_SECRET").map(Secret::new)));
    Optional<HttpEndpoint> chat = endpoint("NOTIFY_SLACK_URL", trusted);
    Optional<NotifySettings.Mail> mail = mail(trusted);
    return webhook.isEmpty() && chat.isEmpty() && mail.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new NotifySettings(
                variables.required("DEPLOYMENT_NAME"), topics(), webhook, chat, mail));
  }

  private Set<Topic> topics() {
    Optional<String> text = variables.text("NOTIFY_ON");
    return text.map(it ->
            Variables.commaSeparated(it).stream()
                .flatMap(label ->
                    Arrays.stream(Topic.values()).filter(topic -> topic.label().equals(label)))
                .collect(Collectors.toSet()))
        .orElseGet(() -> EnumSet.allOf(Topic.class));
  }

  private Optional<HttpEndpoint> endpoint(String name, Optional<KeyStore> trusted) {
    return variables
        .textOrFile(name)
        .map(text -> {
          URI url = variables.parsed(name, text, NotifyVariables::httpUrl, URI.create("http://x/"));
          Optional<InetSocketAddress> proxy =
              "https".equals(url.getScheme())
                  ? new HttpsProxy(variables).to(url.getHost())
                  : Optional.empty();
          return new HttpEndpoint(url, Optional.empty(), trusted, proxy);
        });
  }

  private static URI httpUrl(String text) {
    if (!text.matches("https?://[^/@]+(/\\S*)?")) {
      throw new IllegalArgumentException("is not http(s)://host/path");
    }
    return URI.create(text);
  }

  private Optional<NotifySettings.Mail> mail(Optional<KeyStore> trusted) {
    List<String> to = Variables.commaSeparated(variables.text("NOTIFY_MAIL_TO").orElse(""));
    Optional<String> smtp = variables.textOrFile("SMTP_URL");
    if (to.isEmpty() || smtp.isEmpty()) {
      return Optional.empty();
    }
    URI url = URI.create(smtp.get());
    boolean tls = "smtps".equals(url.getScheme());
    return Optional.of(
        new NotifySettings.Mail(
            url.getHost(),
            url.getPort() > 0 ? url.getPort() : tls ? 465 : 587,
            tls,
            !tls && !JiraVariables.isLoopback(url.getHost()),
            Optional.ofNullable(url.getRawUserInfo()).map(NotifyVariables::login),
            trusted,
            variables.required("NOTIFY_MAIL_FROM"),
            to));
  }

  private static NotifySettings.Login login(String userInfo) {
    String[] parts = userInfo.split(":", 2);
    return new NotifySettings.Login(
        decoded(parts[0]), new Secret(decoded(parts.length > 1 ? parts[1] : "")));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
