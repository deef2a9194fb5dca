package dnsblmonitor.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dnsblmonitor.postal.DatabaseSettings;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes of a database's address what its JDBC driver takes; user and password stay apart. */
final class JdbcUrl {

  /** Trusts the JDK's roots; the driver's own default wants a file in the home folder. */
  private static final String JDK_ROOTS = "org.postgresql.ssl.DefaultJavaSSLFactory";

  private static final List<String> SSL_MODES =
      List.of("disable", "trust", "verify-ca", "verify-full");

  private final Variables variables;
  private final String variable;

  /**
   * @param variable which faults are told of
   */
  JdbcUrl(Variables variables, String variable) {
    this.variables = variables;
    this.variable = variable;
  }

  DatabaseSettings of(DatabaseAddress address, String schema) {
    return switch (address.kind()) {
      case POSTGRESQL -> settings(address, postgresql(address, schema), schema);
      case MARIADB -> settings(address, mariaDb(address), address.name());
    };
  }

  private static DatabaseSettings settings(DatabaseAddress address, String url, String schema) {
    return new DatabaseSettings(address.kind(), url, address.user(), address.password(), schema);
  }

  /** Time-outs are seconds there; all is percent-encoded. */
  private String postgresql(DatabaseAddress address, String schema) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("connectTimeout", "10");
    all.put("socketTimeout", "60");
    all.put("tcpKeepAlive", "true");
    all.putAll(address.parameters());
    all.put("currentSchema", schema);
    if (all.getOrDefault("sslmode", "").startsWith("verify")
        && !all.containsKey("sslrootcert")
        && !all.containsKey("sslfactory")) {
      variables
          .text("TLS_CA_FILE")
          .ifPresentOrElse(
              file -> all.put("sslrootcert", file), () -> all.put("sslfactory", JDK_ROOTS));
    }
    String query =
        all.entrySet().stream()
            .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
            .collect(Collectors.joining("&"));
    return "jdbc:postgresql://%s/%s?%s".formatted(address.server(), encoded(address.name()), query);
  }

  /**
   * Time-outs are milliseconds there, names in any case; the driver takes all as it stands and
   * decodes nothing (Connector/J 3.5, {@code Configuration.processUrlParameters}).
   */
  private String mariaDb(DatabaseAddress address) {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.put("connectTimeout", "10000");
    all.put("socketTimeout", "60000");
    all.putAll(address.parameters());
    // a row that was found counts as updated, whether or not it held the same values (R22)
    all.put("useAffectedRows", "false");
    // nor are they counted in bulks: each UPDATE of a batch tells of its row
    all.put("useBulkStmts", "false");
    // updated_at is written and read as it stands, in UTC (R21)
    all.put("preserveInstants", "false");
    if (verifies(all.getOrDefault("sslMode", "disable"))
        && !all.containsKey("serverSslCert")
        && !all.containsKey("trustStore")) {
      variables.text("TLS_CA_FILE").ifPresent(file -> all.put("serverSslCert", file));
    }
    if (address.name().contains("?")
        || all.entrySet().stream().anyMatch(e -> (e.getKey() + e.getValue()).contains("&"))) {
      variables.fault(variable, "holds & or ? where MariaDB's driver cannot take it");
    }
    String query =
        all.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining("&"));
    return "jdbc:mariadb://%s/%s?%s".formatted(address.server(), address.name(), query);
  }

  private boolean verifies(String sslMode) {
    String mode = sslMode.toLowerCase(Locale.ROOT);
    if (!SSL_MODES.contains(mode)) {
      variables.fault(
          variable,
          "has an sslMode that MariaDB's driver does not know; it is one of "
              + String.join(", ", SSL_MODES));
    }
    return mode.startsWith("verify");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
