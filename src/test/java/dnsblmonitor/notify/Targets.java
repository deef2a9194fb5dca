package dnsblmonitor.notify;

import dnsblmonitor.delivery.HttpEndpoint;
import dnsblmonitor.domain.Secret;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Settings of notifications. */
final class Targets {

  static final Set<Topic> ALL = EnumSet.allOf(Topic.class);

  private Targets() {}

  static HttpEndpoint endpoint(URI url) {
    return new HttpEndpoint(url, Optional.empty(), Optional.empty(), Optional.empty());
  }

  static NotifySettings chat(URI url) {
    return new NotifySettings(
        "mx-1", ALL, Optional.empty(), Optional.of(endpoint(url)), Optional.empty());
  }

  static NotifySettings webhook(URI url, Optional<String> secret) {
    return new NotifySettings(
        "mx-1",
        ALL,
        Optional.of(new NotifySettings.Webhook(endpoint(url), secret.map(Secret::new))),
        Optional.empty(),
        Optional.empty());
  }

  static NotifySettings mail(NotifySettings.Mail mail) {
    return new NotifySettings("mx-1", ALL, Optional.empty(), Optional.empty(), Optional.of(mail));
  }

  /** Without TLS and login. */
  static NotifySettings.Mail mail(int port, String... to) {
    return new NotifySettings.Mail(
        "127.0.0.1",
        port,
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        "monitor@example.org",
        List.of(to));
  }
}
