package dnsblmonitor.config;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code HTTPS_PROXY} and {@code NO_PROXY}, also in lower case; upper case wins. */
final class HttpsProxy {

  private final Variables variables;

  HttpsProxy(Variables variables) {
    this.variables = variables;
  }

  /** The proxy for {@code server}; none for loopback and for hosts in {@code NO_PROXY}. */
  Optional<InetSocketAddress> to(String server) {
    String host = plain(server);
    Optional<String> text = either("HTTPS_PROXY");
    if (text.isEmpty() || JiraVariables.isLoopback(server) || isExcepted(host)) {
      return Optional.empty();
    }
    try {
      URI proxy = new URI(text.get());
      if (proxy.getRawUserInfo() != null) {
        variables.fault(
            "HTTPS_PROXY",
            "contains a user, but proxies that require a login are not supported. Use a proxy without a login, or connect to %s directly: NO_PROXY=%s"
                .formatted(server, host));
        return Optional.empty();
      }
      if (proxy.getHost() != null && proxy.getPort() > 0) {
        return Optional.of(InetSocketAddress.createUnresolved(proxy.getHost(), proxy.getPort()));
      }
    } catch (URISyntaxException e) {
      // said below
    }
    variables.fault("HTTPS_PROXY", "is not http://host:port");
    return Optional.empty();
  }

  private Optional<String> either(String name) {
    return variables.text(name).or(() -> variables.text(name.toLowerCase(Locale.ROOT)));
  }

  /** Matches a name, a domain, an address or a network; {@code *} matches everything. */
  private boolean isExcepted(String host) {
    return Variables.commaSeparated(either("NO_PROXY").orElse("")).stream()
        .map(HttpsProxy::plain)
        .anyMatch(entry ->
            entry.contains("/")
                ? isIn(entry, host)
                : entry.equals("*") || host.equals(entry) || host.endsWith("." + entry));
  }

  /** In lower case, without brackets, a domain's leading dot, and a port. */
  private static String plain(String host) {
    return host.toLowerCase(Locale.ROOT)
        .replaceFirst("^\\[(.*)\\](:\\d+)?$", "$1")
        .replaceFirst("^\\*?\\.", "")
        .replaceFirst("^([^:]+):\\d+$", "$1");
  }

  /** Whether {@code host} is an address in a network such as {@code 10.0.0.0/8}. */
  private static boolean isIn(String network, String host) {
    try {
      int slash = network.indexOf('/');
      byte[] first = InetAddress.ofLiteral(network.substring(0, slash)).getAddress();
      byte[] address = InetAddress.ofLiteral(host).getAddress();
      int free = 8 * first.length - Integer.parseInt(network.substring(slash + 1));
      return address.length == first.length
          && free >= 0
          && free <= 8 * first.length
          && new BigInteger(1, first).xor(new BigInteger(1, address)).shiftRight(free).signum()
              == 0;
    } catch (IllegalArgumentException e) {
      return false; // a name, or not a network
    }
  }
}
