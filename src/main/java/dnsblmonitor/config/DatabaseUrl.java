package dnsblmonitor.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dnsblmonitor.domain.Secret;
import dnsblmonitor.postal.DatabaseKind;
import dnsblmonitor.postal.DatabaseSettings;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Converts {@code DB_URL} or its parts, or another variable of this form, to a JDBC URL. Messages
 * never contain their values.
 */
final class DatabaseUrl {

  private static final String VARIABLE = "DB_URL";
  private static final List<String> PARTS =
      List.of("DB_HOST", "DB_PORT", "DB_NAME", "DB_USER", "DB_PASSWORD", "DB_PASSWORD_FILE");

  /** Excludes invalid URL characters (RFC 3986, 2); a login ends at the last {@code @}. */
  private static final Pattern URL =
      Pattern.compile(
          "(?<scheme>C+?)://(?:(?<login>C*)@)?(?<hosts>C*?)(?:/(?<name>(?:C|/)*?))?(?:\\?(?<query>[C/?@]*))?"
              .replace("C", "[^\\s\\p{Cntrl}\"<>\\\\^`{|}#/?]"));

  private static final Pattern HOSTS =
      Pattern.compile(
          "HOST(,HOST)*".replace("HOST", "(\\[[\\w:.%]+]|[^\\[\\]():,%&=;@]+)(:\\d{1,5})?"));

  private static final String NO_URL =
      "is not a URL; percent-encode @ / # % : ? in user, password and database name";

  /**
   * What {@code DB_URL} or its parts say, decoded.
   *
   * @param server {@code host[:port]}, an IPv6 address in brackets
   * @param parameters the driver's, in the order given
   */
  record Address(
      DatabaseKind kind,
      String server,
      String name,
      Map<String, String> parameters,
      String user,
      Secret password) {

    /** A stand-in for an invalid variable, so that reading continues. */
    static Address faulty(DatabaseKind kind) {
      return new Address(kind, "invalid", "invalid", Map.of(), "", new Secret(""));
    }
  }

  private final Variables variables;
  private final String variable;

  DatabaseUrl(Variables variables) {
    this(variables, VARIABLE);
  }

  /**
   * @param variable that contains the URL
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
      variables.fault(
          "DB_DSN", "differs from DB_URL, of which it is an alias; set only one of them");
    }
    Address address = url.or(() -> alias).map(this::fromUrl).orElseGet(this::withoutUrl);
    return new JdbcUrl(variables, variable).of(address, schema);
  }

  /** The database that the variable names, on PostgreSQL with this schema; empty if it is unset. */
  Optional<DatabaseSettings> readOptional(String schema) {
    return variables
        .textOrFile(variable)
        .filter(url -> !url.isEmpty()) // the file cannot be read, which has been reported
        .map(url -> new JdbcUrl(variables, variable).of(fromUrl(url), schema));
  }

  /** The parts, if any of them is set. */
  private Address withoutUrl() {
    DatabaseKind kind = kind();
    if (PARTS.stream().allMatch(part -> variables.text(part).isEmpty())) {
      variables.fault(
          VARIABLE,
          "is required: mariadb://user:password@host/database, or postgresql://user:password@host/database");
      return Address.faulty(kind);
    }
    return fromParts(kind);
  }

  private DatabaseKind kind() {
    return variables.choice("DB_KIND", "postgresql", "mariadb").equals("mariadb")
        ? DatabaseKind.MARIADB
        : DatabaseKind.POSTGRESQL;
  }

  private Address fromParts(DatabaseKind kind) {
    String port = variables.text("DB_PORT").isPresent() ? ":" + port() : "";
    String hosts =
        Arrays.stream(variables.required("DB_HOST").split(",", -1))
            .map(host -> host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host)
            .map(host -> host + port)
            .collect(Collectors.joining(","));
    requireOne("DB_HOST", kind, hosts);
    return new Address(
        kind,
        hosts,
        variables.required("DB_NAME"),
        Map.of(),
        variables.required("DB_USER"),
        new Secret(variables.requiredOrFile("DB_PASSWORD")));
  }

  private int port() {
    return variables.integer("DB_PORT", 1, 65535);
  }

  /** {@code GET_LOCK} is local to one node of a Galera cluster (R5). */
  private void requireOne(String name, DatabaseKind kind, String hosts) {
    if (kind == DatabaseKind.MARIADB && hosts.contains(",")) {
      variables.fault(
          name,
          "contains several hosts. MariaDB nodes do not share the run lock: name a single node");
    }
  }

  /**
   * Parses a URL. Does not use {@link java.net.URI}, which supports neither host names with an
   * underscore nor several hosts; the driver validates them.
   */
  Address fromUrl(String text) {
    Matcher url = URL.matcher(text);
    if (!url.matches()) {
      return faulty(DatabaseKind.POSTGRESQL, NO_URL);
    }
    Optional<DatabaseKind> kind = kind(url.group("scheme").toLowerCase(Locale.ROOT));
    if (kind.isEmpty()) {
      return faulty(
          DatabaseKind.POSTGRESQL, "does not start with postgresql://, mariadb:// or mysql://");
    }
    try {
      return fromUrl(kind.get(), url);
    } catch (IllegalArgumentException e) {
      return faulty(kind.get(), NO_URL); // the exception's message would show the password
    }
  }

  private Address fromUrl(DatabaseKind kind, Matcher url) {
    String login = Objects.requireNonNullElse(url.group("login"), "");
    int colon = login.indexOf(':');
    String name = Objects.requireNonNullElse(url.group("name"), "");
    String hosts = url.group("hosts");
    if (!HOSTS.matcher(hosts).matches() || name.isEmpty() || colon < 1) {
      return faulty(
          kind,
          "is not %s://user:password@host:port/database"
              .formatted(kind.name().toLowerCase(Locale.ROOT)));
    }
    requireOne(variable, kind, hosts);
    return new Address(
        kind,
        hosts,
        decoded(name),
        query(Objects.requireNonNullElse(url.group("query"), "")),
        decoded(login.substring(0, colon)),
        new Secret(decoded(login.substring(colon + 1))));
  }

  private Address faulty(DatabaseKind kind, String what) {
    variables.fault(variable, what);
    return Address.faulty(kind);
  }

  private static Optional<DatabaseKind> kind(String scheme) {
    return switch (scheme) {
      case "postgresql", "postgres" -> Optional.of(DatabaseKind.POSTGRESQL);
      case "mariadb", "mysql" -> Optional.of(DatabaseKind.MARIADB);
      default -> Optional.empty();
    };
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
                variable, "has %s in its query; write user:pw@host instead".formatted(key));
          }
          if (parameters.keySet().stream().anyMatch(key::equalsIgnoreCase)) {
            variables.fault(variable, "has %s twice in its query; remove one".formatted(key));
          }
          parameters.put(key, equals < 0 ? "" : decoded(parameter.substring(equals + 1)));
        });
    return parameters;
  }

  /** Includes sslpassword (PostgreSQL), keyStorePassword (MariaDB) and others. */
  private static boolean isSecretOrUser(String key) {
    return key.equals("user") || key.endsWith("password");
  }

  /** Percent-decodes; a plus sign is kept. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }
}
