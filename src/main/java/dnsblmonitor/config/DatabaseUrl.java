package dnsblmonitor.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dnsblmonitor.domain.Secret;
import dnsblmonitor.postal.DatabaseKind;
import dnsblmonitor.postal.DatabaseSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code DB_URL} or its parts, or another variable of its form, into what the JDBC driver
 * takes. No message echoes them.
 */
final class DatabaseUrl {

  private static final String VARIABLE = "DB_URL";

  private final Variables variables;
  private final String variable;

  DatabaseUrl(Variables variables) {
    this(variables, VARIABLE);
  }

  /**
   * @param variable which holds the URL
   */
  DatabaseUrl(Variables variables, String variable) {
    this.variables = variables;
    this.variable = variable;
  }

  DatabaseSettings read() {
    String schema = variables.required("DB_SCHEMA");
    Optional<String> url = variables.textOrFile(variable);
    Optional<String> alias = variables.text("DB_DSN");
    if (url.isPresent() && alias.isPresent() && !url.equals(alias)) {
      variables.fault("DB_DSN", "differs from DB_URL; it is an alias, give one of them");
    }
    DatabaseAddress address = url.or(() -> alias).map(this::fromUrl).orElseGet(this::fromParts);
    return new JdbcUrl(variables, variable).of(address, schema);
  }

  private DatabaseAddress fromParts() {
    String kind = variables.choice("DB_KIND", "postgresql", "mariadb");
    String host = variables.required("DB_HOST");
    String port = variables.text("DB_PORT").isPresent() ? ":" + port() : "";
    String bracketed = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    return new DatabaseAddress(
        kind.equals("mariadb") ? DatabaseKind.MARIADB : DatabaseKind.POSTGRESQL,
        bracketed + port,
        variables.required("DB_NAME"),
        Map.of(),
        variables.required("DB_USER"),
        new Secret(variables.required("DB_PASSWORD", variables.textOrFile("DB_PASSWORD"))));
  }

  private int port() {
    return variables.integer("DB_PORT", 1, 65535);
  }

  /** What a URL says; nothing else is looked at. */
  DatabaseAddress fromUrl(String text) {
    try {
      URI url = new URI(text);
      DatabaseKind kind = kind(String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT));
      String userInfo = Optional.ofNullable(url.getRawUserInfo()).orElse("");
      int colon = userInfo.indexOf(':');
      String name = Optional.ofNullable(url.getRawPath()).orElse("").replaceFirst("^/", "");
      if (url.getHost() == null || name.isEmpty() || colon < 1) {
        variables.fault(
            variable, "is not %s://user:password@host:port/database".formatted(scheme(kind)));
        return DatabaseAddress.faulty(kind);
      }
      return new DatabaseAddress(
          kind,
          url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort()),
          decoded(name),
          query(Optional.ofNullable(url.getRawQuery()).orElse("")),
          decoded(userInfo.substring(0, colon)),
          new Secret(decoded(userInfo.substring(colon + 1))));
    } catch (URISyntaxException | IllegalArgumentException e) {
      // the exception's own text would show the password
      variables.fault(
          variable, "is no URL; percent-encode @ / # % : ? in user, password and database name");
      return DatabaseAddress.faulty(DatabaseKind.POSTGRESQL);
    }
  }

  private DatabaseKind kind(String scheme) {
    return switch (scheme) {
      case "postgresql", "postgres" -> DatabaseKind.POSTGRESQL;
      case "mariadb", "mysql" -> DatabaseKind.MARIADB;
      default -> {
        variables.fault(variable, "does not start with postgresql://, mariadb:// or mysql://");
        yield DatabaseKind.POSTGRESQL;
      }
    };
  }

  private static String scheme(DatabaseKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private Map<String, String> query(String rawQuery) {
    Map<String, String> parameters = new LinkedHashMap<>();
    Arrays.stream(rawQuery.split("&"))
        .filter(parameter -> !parameter.isEmpty())
        .forEach(parameter -> {
          int equals = parameter.indexOf('=');
          String key = decoded(equals < 0 ? parameter : parameter.substring(0, equals));
          if (isSecretOrUser(key.toLowerCase(Locale.ROOT))) {
            variables.fault(
                variable,
                "has %s in its query, which is no place for it; write user:pw@host".formatted(key));
          }
          parameters.put(key, equals < 0 ? "" : decoded(parameter.substring(equals + 1)));
        });
    return parameters;
  }

  /** Also sslpassword (PostgreSQL), keyStorePassword, trustStorePassword (MariaDB) and the like. */
  private static boolean isSecretOrUser(String key) {
    return key.equals("user") || key.endsWith("password");
  }

  /** Percent-decoding; a plus sign stays one. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }
}
