package dnsblmonitor.notify;

import dnsblmonitor.delivery.HttpEndpoint;
import dnsblmonitor.domain.Secret;
import dnsblmonitor.history.RowChange;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is sent where (R39).
 *
 * @param deployment named in every message
 * @param topics {@code NOTIFY_ON}
 * @param chat a Slack-compatible webhook
 */
public record NotifySettings(
    String deployment,
    Set<Topic> topics,
    Optional<Webhook> webhook,
    Optional<HttpEndpoint> chat,
    Optional<Mail> mail) {

  public NotifySettings {
    topics = Set.copyOf(topics);
  }

  /** The row changes among the topics. */
  public Set<RowChange.Type> changes() {
    return topics.stream()
        .flatMap(topic ->
            switch (topic) {
              case LISTED -> Stream.of(RowChange.Type.NEWLY_LISTED);
              case CHANGED -> Stream.of(RowChange.Type.CHANGED);
              case RESTORED -> Stream.of(RowChange.Type.RESTORED);
              case POOL_EXHAUSTED, LIST_BROKEN, MALFUNCTION, MASS_LISTING, RUN_FAILED ->
                  Stream.empty();
            })
        .collect(Collectors.toSet());
  }

  /**
   * The secrets, which must not be shown (R32): what follows the host in the URL of a webhook often
   * is its password.
   */
  public List<Secret> secrets() {
    List<Secret> secrets = new ArrayList<>();
    Stream.concat(webhook.map(Webhook::endpoint).stream(), chat.stream())
        .map(HttpEndpoint::url)
        .forEach(url -> {
          secrets.add(new Secret(url.toString()));
          String path = url.toString().replaceFirst("^[^:]*://[^/?]*/?", "");
          secrets.add(new Secret(path));
        });
    webhook.flatMap(Webhook::secret).ifPresent(secrets::add);
    mail.flatMap(Mail::login)
        .ifPresent(login -> {
          secrets.add(login.password());
          secrets.add(login.password().basicCredential(login.user()));
        });
    return secrets;
  }

  /**
   * A receiver of CloudEvents.
   *
   * @param secret the key of the signature; empty: not signed
   */
  public record Webhook(HttpEndpoint endpoint, Optional<Secret> secret) {}

  /**
   * Recipients, and the SMTP server.
   *
   * @param tls whether TLS begins with the connection ({@code smtps})
   * @param startTls whether STARTTLS is required
   * @param trustStore what is trusted, if not what the JVM trusts
   */
  public record Mail(
      String host,
      int port,
      boolean tls,
      boolean startTls,
      Optional<Login> login,
      Optional<KeyStore> trustStore,
      String from,
      List<String> to) {

    public Mail {
      to = List.copyOf(to);
    }

    /** The server for messages, without the login. */
    public String target() {
      return "%s://%s:%d".formatted(tls ? "smtps" : "smtp", host, port);
    }
  }

  /** User and password for SMTP. */
  public record Login(String user, Secret password) {}
}
