package dnsblmonitor.config;

import dnsblmonitor.dnsbl.DnsSettings;
import dnsblmonitor.domain.Ipv4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code DNS_RESOLVERS}: comma-separated {@code host[:port]}, IPv6 in brackets. */
final class Resolvers {

  private static final Pattern RESOLVER =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)\\]|([^\\[\\]:\\s]+))(?::(\\d{1,5}))?");
  private static final int DNS_PORT = 53;

  private Resolvers() {}

  static List<InetSocketAddress> parse(String text) {
    List<String> resolvers = Variables.commaSeparated(text);
    if (resolvers.size() > DnsSettings.MAX_RESOLVERS) {
      throw new IllegalArgumentException(
          "%d resolvers are too many; the maximum is %d"
              .formatted(resolvers.size(), DnsSettings.MAX_RESOLVERS));
    }
    return resolvers.stream().map(Resolvers::resolver).toList();
  }

  private static InetSocketAddress resolver(String text) {
    Matcher matcher = RESOLVER.matcher(text);
    if (!matcher.matches()) {
      throw malformed(text);
    }
    int port = matcher.group(3) == null ? DNS_PORT : Integer.parseInt(matcher.group(3));
    if (port < 1 || port > 65535) {
      throw malformed(text);
    }
    return new InetSocketAddress(address(text, matcher), port);
  }

  private static InetAddress address(String text, Matcher matcher) {
    try {
      if (matcher.group(1) != null) {
        return InetAddress.getByName(matcher.group(1));
      }
      String host = matcher.group(2);
      boolean numeric = host.chars().allMatch(c -> c == '.' || Character.isDigit(c));
      if (numeric && Ipv4Address.parse(host).isEmpty()) {
        throw malformed(text);
      }
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "'%s' cannot be resolved to an address".formatted(text), e);
    }
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "'%s' is not host[:port] (an IPv6 address in brackets)".formatted(text));
  }
}
