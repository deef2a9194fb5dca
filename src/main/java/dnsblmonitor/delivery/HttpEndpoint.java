package dnsblmonitor.delivery;

import dnsblmonitor.domain.Secret;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.KeyStore;
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

  /** Scheme, host and port, for messages: the path of a webhook is often its password. */
  public String target() {
    return "%s://%s".formatted(url.getScheme(), url.getRawAuthority());
  }
}
