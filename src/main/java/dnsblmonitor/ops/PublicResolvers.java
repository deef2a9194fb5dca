package dnsblmonitor.ops;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;

/**
 * Public resolvers. Large lists refuse them, since they hide who is asking (Spamhaus: "Error
 * codes", 127.255.255.254), so that every address appears clean or unknown.
 */
final class PublicResolvers {

  static final InetAddress GOOGLE = InetAddress.ofLiteral("8.8.8.8");
  static final InetAddress QUAD9_IPV6 = InetAddress.ofLiteral("2620:fe::fe");

  private static final Map<InetAddress, String> NAMES =
      Map.ofEntries(
          Map.entry(GOOGLE, "Google Public DNS"),
          named("8.8.4.4", "Google Public DNS"),
          named("2001:4860:4860::8888", "Google Public DNS"),
          named("2001:4860:4860::8844", "Google Public DNS"),
          named("1.1.1.1", "Cloudflare"),
          named("1.0.0.1", "Cloudflare"),
          named("2606:4700:4700::1111", "Cloudflare"),
          named("2606:4700:4700::1001", "Cloudflare"),
          named("9.9.9.9", "Quad9"),
          named("149.112.112.112", "Quad9"),
          Map.entry(QUAD9_IPV6, "Quad9"),
          named("2620:fe::9", "Quad9"),
          named("208.67.222.222", "OpenDNS"),
          named("208.67.220.220", "OpenDNS"),
          named("2620:119:35::35", "OpenDNS"),
          named("2620:119:53::53", "OpenDNS"));

  private PublicResolvers() {}

  /** The operator of the public resolver {@code address}. */
  static Optional<String> nameOf(InetAddress address) {
    return Optional.ofNullable(NAMES.get(address));
  }

  private static Map.Entry<InetAddress, String> named(String address, String name) {
    return Map.entry(InetAddress.ofLiteral(address), name);
  }
}
