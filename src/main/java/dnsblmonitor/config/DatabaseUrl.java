package dnsblmonitor.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dnsblmonitor.domain.Secret;
import dnsblmonitor.postal.DatabaseSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads {@code DB_URL} or its parts into what the JDBC driver takes. No message echoes them. */
final class DatabaseUrl {

  private static final List<String> NOT_IN_THE_QUERY = List.of("user", "password", "sslpassword");

  /** Trusts the JDK's roots; the driver's own default wants a file in the home folder. */
  private static final String JDK_ROOTS = "org.postgresql.ssl.DefaultJavaSSLFactory";

  private final Variables variables;

  DatabaseUrl(Variables variables) {
    this.variables = variables;
  }

  DatabaseSettings read() {
    String schema = variables.required("DB_SCHEMA");
    Optional<String> url = variables.textOrFile("DB_URL");
    Optional<String> alias = variables.text("DB_DSN");
    if (url.isPresent() && alias.isPresent() && !url.equals(alias)) {
      variables.fault("DB_DSN", "differs from DB_URL; it is an alias, give one of them");
    }
    Optional<String> given = url.or(() -> alias);
    return given.isPresent() ? fromUrl(given.get(), schema) : fromParts(schema);
  }

  private DatabaseSettings fromParts(String schema) {
    refuseMariaDb("DB_KIND", variables.choice("DB_KIND", "postgresql", "mariadb"));
    String host = variables.required("DB_HOST");
    String port = variables.text("DB_PORT").isPresent() ? ":" + port() : "";
    String name = variables.required("DB_NAME");
    String user = variables.required("DB_USER");
    String password = variables.required("DB_PASSWORD", variables.textOrFile("DB_PASSWORD"));
    String bracketed = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    return settings(bracketed + port, name, Map.of(), user, password, schema);
  }

  private int port() {
    return variables.integer("DB_PORT", 1, 65535);
  }

  private DatabaseSettings fromUrl(String text, String schema) {
    try {
      URI url = new URI(text);
      String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
      switch (scheme) {
        case "postgresql", "postgres" -> {}
        case "mariadb", "mysql" -> refuseMariaDb("DB_URL", "mariadb");
        default ->
            variables.fault("DB_URL", "does not start with postgresql://, mariadb:// or mysql://");
      }
      String userInfo = Optional.ofNullable(url.getRawUserInfo()).orElse("");
      int colon = userInfo.indexOf(':');
      String name = Optional.ofNullable(url.getRawPath()).orElse("").replaceFirst("^/", "");
      if (url.getHost() == null || name.isEmpty() || colon < 1) {
        variables.fault("DB_URL", "is not postgresql://user:password@host:port/database");
        return settings("invalid", "invalid", Map.of(), "", "", schema);
      }
      String port = url.getPort() < 0 ? "" : ":" + url.getPort();
      return settings(
          url.getHost() + port,
          decoded(name),
          query(Optional.ofNullable(url.getRawQuery()).orElse("")),
          decoded(userInfo.substring(0, colon)),
          decoded(userInfo.substring(colon + 1)),
          schema);
    } catch (URISyntaxException | IllegalArgumentException e) {
      // the exception's own text would show the password
      variables.fault(
          "DB_URL", "is no URL; percent-encode @ / # % : ? in user, password and database name");
      return settings("invalid", "invalid", Map.of(), "", "", schema);
    }
  }

  private void refuseMariaDb(String name, String kind) {
    if (kind.equals("mariadb")) {
      variables.fault(name, "MariaDB and MySQL are not supported by this version, only PostgreSQL");
    }
  }

  private Map<String, String> query(String rawQuery) {
    Map<String, String> parameters = new LinkedHashMap<>();
    Arrays.stream(rawQuery.split("&"))
        .filter(parameter -> !parameter.isEmpty())
        .forEach(parameter -> {
          int equals = parameter.indexOf('=');
          String key = decoded(equals < 0 ? parameter : parameter.substring(0, equals));
          if (NOT_IN_THE_QUERY.contains(key)) {
            variables.fault(
                "DB_URL",
                "has %s in its query, which is no place for it; write user:pw@host".formatted(key));
          }
          parameters.put(key, equals < 0 ? "" : decoded(parameter.substring(equals + 1)));
        });
    return parameters;
  }

  private DatabaseSettings settings(
      String authority,
      String name,
      Map<String, String> parameters,
      String user,
      String password,
      String schema) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("connectTimeout", "10");
    all.put("socketTimeout", "60");
    all.put("tcpKeepAlive", "true");
    all.putAll(parameters);
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
    return new DatabaseSettings(
        "jdbc:postgresql://%s/%s?%s".formatted(authority, encoded(name), query),
        user,
        new Secret(password),
        schema);
  }

  /** Percent-decoding; a plus sign stays one. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
