package dnsblmonitor.notify;

import dnsblmonitor.delivery.HttpEndpoint;
import dnsblmonitor.domain.Secret;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
