package dnsblmonitor.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dnsblmonitor.postal.DatabaseSettings;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Converts a database address to a JDBC URL, without user and password. */
final class JdbcUrl {

  /** Trusts the JDK's roots; the driver's default requires a file in the home folder. */
  private static final String JDK_ROOTS = "org.postgresql.ssl.DefaultJavaSSLFactory";

  private static final String VERIFY_FULL = "verify-full";

  private final Variables variables;
  private final String variable;

  /**
   * @param variable to report faults for
   */
  JdbcUrl(Variables variables, String variable) {
    this.variables = variables;
    this.variable = variable;
  }

  DatabaseSettings of(DatabaseUrl.Address address, String schema) {
    return switch (address.kind()) {
      case POSTGRESQL -> settings(address, postgresql(address, schema), schema);
      case MARIADB -> settings(address, mariaDb(address), address.name());
    };
  }

  private static DatabaseSettings settings(DatabaseUrl.Address address, String url, String schema) {
    return new DatabaseSettings(address.kind(), url, address.user(), address.password(), schema);
  }

  /** Time-outs are seconds there; all is percent-encoded. */
  private String postgresql(DatabaseUrl.Address address, String schema) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("connectTimeout", "10");
    all.put("socketTimeout", "60");
    all.put("tcpKeepAlive", "true");
    all.putAll(address.parameters());
    all.put("currentSchema", schema);
    if (address.server().contains(",")) {
      all.putIfAbsent(
          "targetServerType", "primary"); // a replica accepts neither writes nor the run lock
    }
    verifyBySsl(all);
    trustRoots(all);
    String query =
        all.entrySet().stream()
            .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
            .collect(Collectors.joining("&"));
    return "jdbc:postgresql://%s/%s?%s".formatted(address.server(), encoded(address.name()), query);
  }

  /**
   * Without {@code sslmode}, the driver treats {@code ssl=true} as {@code verify-full} and ignores
   * unknown values (pgjdbc 42.7, {@code SslMode.of}).
   */
  private void verifyBySsl(Map<String, String> all) {
    String ssl = Optional.ofNullable(all.remove("ssl")).orElse("false").toLowerCase(Locale.ROOT);
    switch (ssl) {
      case "false" -> {}
      case "true", "" -> all.putIfAbsent("sslmode", VERIFY_FULL);
      default ->
          fault(
              "has an ssl value other than true or false, which PostgreSQL's driver ignores; use sslmode=verify-full");
    }
  }

  /** The JDK's roots, unless the URL names others; {@code system} is psql's name for them. */
  private void trustRoots(Map<String, String> all) {
    if (all.remove("sslrootcert", "system")
        && !VERIFY_FULL.equalsIgnoreCase(all.computeIfAbsent("sslmode", _ -> VERIFY_FULL))) {
      fault("has sslrootcert=system with a weaker sslmode; use sslmode=verify-full");
    }
    String mode = TlsParameters.POSTGRESQL.mode(all, this::fault);
    if (mode.startsWith("verify")
        && !all.containsKey("sslrootcert")
        && !all.containsKey("sslfactory")) {
      variables
          .text("TLS_CA_FILE")
          .ifPresentOrElse(
              file -> all.put("sslrootcert", file), () -> all.put("sslfactory", JDK_ROOTS));
    }
  }

  /**
   * Time-outs are in milliseconds, names in any case; the driver decodes nothing (Connector/J 3.5,
   * {@code Configuration.processUrlParameters}).
   */
  private String mariaDb(DatabaseUrl.Address address) {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.put("connectTimeout", "10000");
    all.put("socketTimeout", "60000");
    all.putAll(address.parameters());
    // a matched row counts as updated even if its values are unchanged (R22)
    all.put("useAffectedRows", "false");
    // nor in bulk: each UPDATE of a batch reports its own count
    all.put("useBulkStmts", "false");
    // updated_at is written and read in UTC, without conversion (R21)
    all.put("preserveInstants", "false");
    if (TlsParameters.MARIADB.mode(address.parameters(), this::fault).startsWith("verify")
        && !all.containsKey("serverSslCert")
        && !all.containsKey("trustStore")) {
      variables.text("TLS_CA_FILE").ifPresent(file -> all.put("serverSslCert", file));
    }
    if (address.name().contains("?")
        || all.entrySet().stream().anyMatch(e -> (e.getKey() + e.getValue()).contains("&"))) {
      fault("contains & or ? where MariaDB's driver does not support it");
    }
    String query =
        all.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining("&"));
    return "jdbc:mariadb://%s/%s?%s".formatted(address.server(), address.name(), query);
  }

  private void fault(String what) {
    variables.fault(variable, what);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
