package dnsblmonitor.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dnsblmonitor.domain.Secret;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * An HTTP server that receives something.
 *
 * @param url without user and password; may itself be secret
 * @param authorization the value of the {@code Authorization} header
 * @param trustStore what is trusted, if not what the JVM trusts
 */
public record HttpEndpoint(
    URI url,
    Optional<Secret> authorization,
    Optional<KeyStore> trustStore,
    Optional<InetSocketAddress> proxy) {

  /** What the Authorization header holds after its scheme, and the password in it (RFC 7617). */
  public List<Secret> credentials() {
    List<Secret> secrets = new ArrayList<>();
    authorization
        .map(Secret::reveal)
        .ifPresent(value -> {
          String credential = value.substring(value.indexOf(' ') + 1);
          secrets.add(new Secret(credential));
          if (value.startsWith("Basic ")) {
            String login = new String(Base64.getDecoder().decode(credential), UTF_8);
            secrets.add(new Secret(login.substring(login.indexOf(':') + 1)));
          }
        });
    return secrets;
  }

  /** Only the target: the URL may be secret. */
  @Override
  public String toString() {
    return target();
  }

  /** Scheme, host and port, for messages: the path of a webhook is often its password. */
  public String target() {
    return "%s://%s".formatted(url.getScheme(), url.getRawAuthority());
  }
}
