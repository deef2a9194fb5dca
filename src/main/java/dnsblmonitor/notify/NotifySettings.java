package dnsblmonitor.notify;

import dnsblmonitor.delivery.HttpEndpoint;
import dnsblmonitor.domain.Secret;
import dnsblmonitor.history.RowChange;
import java.net.URI;
import java.security.KeyStore;
import java.util.Arrays;
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

  /** Shorter parts of a webhook's URL are names; longer ones are its password. */
  private static final int MIN_TOKEN = 16;

  public NotifySettings {
    topics = Set.copyOf(topics);
  }

  /** The row changes among the topics. */
  public Set<RowChange.Type> changes() {
    return Arrays.stream(RowChange.Type.values())
        .filter(type -> topics.contains(Topic.of(type)))
        .collect(Collectors.toSet());
  }

  /** What must not appear in any output: the URLs of webhooks, tokens in them, keys, passwords. */
  public List<Secret> secrets() {
    return Stream.of(
            webhook.stream().flatMap(it -> secrets(it.endpoint())),
            webhook.flatMap(Webhook::secret).stream().map(WebhookSignature::withoutPrefix),
            chat.stream().flatMap(NotifySettings::secrets),
            mail.flatMap(Mail::login).stream().flatMap(Login::secrets))
        .flatMap(secrets -> secrets)
        .toList();
  }

  private static Stream<Secret> secrets(HttpEndpoint endpoint) {
    URI url = endpoint.url();
    String afterHost = url.toString().replaceFirst("^[^:]+://[^/?]*", "");
    Stream<String> tokens =
        Arrays.stream(afterHost.split("[/?&=]")).filter(part -> part.length() >= MIN_TOKEN);
    return Stream.concat(Stream.of(url.toString()), tokens).map(Secret::new);
  }

  /**
   * A receiver of CloudEvents.
   *
   * @param secret the key of the signature; empty: not signed
   */
  public record Webhook(HttpEndpoint endpoint, Optional<Secret> secret) {

    /** Throws an {@link IllegalArgumentException} if the key cannot be decoded. */
    public Webhook {
      secret.ifPresent(WebhookSignature::key);
    }
  }

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
  public record Login(String user, Secret password) {

    private Stream<Secret> secrets() {
      return Stream.of(password, password.basicCredential(user));
    }
  }
}
