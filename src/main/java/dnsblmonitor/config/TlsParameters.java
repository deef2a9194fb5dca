package dnsblmonitor.config;

import dnsblmonitor.postal.DatabaseKind;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The TLS parameters of a database URL for each driver. Both drivers ignore unknown names and would
 * connect with weaker TLS than the URL demands (R9a).
 */
final class TlsParameters {

  /** Names of TLS parameters of some driver; not classLoader..., not gsslib. */
  static final Pattern ABOUT_TLS =
      Pattern.compile("(?i).*((?<!cla|g)ssl|tls|certificate|cipher|encrypt|channel[-_]?binding).*");

  /** For pgjdbc 42.7, which matches names case-sensitively. */
  static final TlsParameters POSTGRESQL =
      new TlsParameters(
          "PostgreSQL's driver",
          List.of("sslmode", "disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
          "sslrootcert sslcert sslkey sslfactory sslhostnameverifier",
          "ssl sslpassword sslpasswordcallback sslfactoryarg sslNegotiation sslResponseTimeout channelBinding",
          """
          sslca sslcapath serversslcert = sslrootcert
          """,
          Comparator.naturalOrder());

  /** For MariaDB Connector/J 3.5, which ignores case; it accepts MySQL's names for stores. */
  static final TlsParameters MARIADB =
      new TlsParameters(
          "MariaDB's driver",
          List.of("sslMode", "disable", "trust", "verify-ca", "verify-full"),
          "serverSslCert keyStore trustStore enabledSslCipherSuites enabledSslProtocolSuites tlsSocketType",
          "trustCertificateKeyStoreUrl trustCertificateKeyStoreType clientCertificateKeyStoreUrl clientCertificateKeyStoreType",
          """
          sslca sslcapath sslrootcert          = serverSslCert
          sslcert sslkey sslidentity           = keyStore
          sslcipher sslciphers tlsciphersuites = enabledSslCipherSuites
          tlsversion tlsversions enabledtlsprotocols sslminprotocolversion = enabledSslProtocolSuites
          """,
          String.CASE_INSENSITIVE_ORDER);

  private final String driver;
  private final String modeName;
  private final List<String> modes;
  private final List<String> forTlsAlone;
  private final SortedSet<String> names;
  private final Map<String, String> words = new LinkedHashMap<>();
  private final Comparator<String> order;

  /**
   * The keys of {@code words}, other drivers' names, are lower case without dashes and underscores.
   *
   * @param mode the name of the mode, then its values
   * @param forTlsAlone names that have no effect without a mode
   */
  private TlsParameters(
      String driver,
      List<String> mode,
      String forTlsAlone,
      String others,
      String words,
      Comparator<String> order) {
    this.driver = driver;
    this.modeName = mode.getFirst();
    this.modes = mode.subList(1, mode.size());
    this.forTlsAlone = List.of(forTlsAlone.split(" "));
    this.order = order;
    this.names = new TreeSet<>(order);
    names.add(modeName);
    names.addAll(this.forTlsAlone);
    names.addAll(List.of(others.split(" ")));
    words
        .lines()
        .map(line -> line.split(" += +"))
        .forEach(sides ->
            Arrays.stream(sides[0].split(" +")).forEach(word -> this.words.put(word, sides[1])));
  }

  static TlsParameters of(DatabaseKind kind) {
    return switch (kind) {
      case POSTGRESQL -> POSTGRESQL;
      case MARIADB -> MARIADB;
    };
  }

  SortedSet<String> names() {
    return names;
  }

  /**
   * The mode in {@code parameters}, in lower case; empty if there is none.
   *
   * @param fault receives each fault, as a message without values
   */
  String mode(Map<String, String> parameters, Consumer<String> fault) {
    parameters.keySet().stream()
        .filter(name -> ABOUT_TLS.matcher(name).matches() && !names.contains(name))
        .forEach(name -> fault.accept(unknown(name)));
    Map<String, String> known = new TreeMap<>(order);
    known.putAll(parameters);
    String mode = known.getOrDefault(modeName, "").toLowerCase(Locale.ROOT);
    if (known.containsKey(modeName) && !modes.contains(mode)) {
      fault.accept(
          "has an %s that %s does not document; use one of %s%s"
              .formatted(modeName, driver, String.join(", ", modes), meant(mode)));
    }
    if (!known.containsKey(modeName)) {
      forTlsAlone.stream()
          .filter(known::containsKey)
          .findFirst()
          .ifPresent(name -> fault.accept(withoutMode(name)));
    }
    return mode;
  }

  private String withoutMode(String name) {
    return "has %s but no %s, so the connection may be unencrypted; add %s=verify-full"
        .formatted(name, modeName, modeName);
  }

  private String unknown(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "");
    String own =
        names.stream()
            .filter(plain::equalsIgnoreCase)
            .findFirst()
            .orElseGet(() -> words.getOrDefault(plain, modeName));
    return "has %s, which %s ignores; its parameter is %s%s"
        .formatted(
            name,
            driver,
            own,
            own.equals(modeName) ? " (%s)".formatted(String.join(", ", modes)) : "");
  }

  /** Translates values of MySQL, PostgreSQL and older drivers to this driver's. */
  private String meant(String mode) {
    String own =
        switch (mode.replace('_', '-')) {
          case "required", "require", "trust" -> modes.contains("trust") ? "trust" : "require";
          case "verify-ca" -> "verify-ca";
          case "verify-identity", "verify-full", "true" -> "verify-full";
          default -> "";
        };
    return own.isEmpty() ? "" : "; the equivalent of your value is " + own;
  }
}
