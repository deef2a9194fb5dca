package dnsblmonitor.config;

import dnsblmonitor.domain.Secret;
import dnsblmonitor.jobs.JobsDatabase;
import dnsblmonitor.postal.DatabaseKind;
import dnsblmonitor.postal.DatabaseSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the variables that only {@code serve} has: {@code SERVE_*}. */
final class ServeVariables {

  /** All {@code serve} variables that users can set. */
  static final List<String> NAMES =
      Variables.list(
          """
          SERVE_ADMIN_USER SERVE_ADMIN_PASSWORD SERVE_ADMIN_PASSWORD_FILE
          SERVE_SUBMITTER_USER SERVE_SUBMITTER_PASSWORD SERVE_SUBMITTER_PASSWORD_FILE
          SERVE_MONITOR_USER SERVE_MONITOR_PASSWORD SERVE_MONITOR_PASSWORD_FILE
          SERVE_USERS_FILE SERVE_HTTPS_HOST SERVE_HTTPS_PORT SERVE_SCHEDULE
          SERVE_KEYSTORE_FILE SERVE_KEYSTORE_PASSWORD SERVE_KEYSTORE_PASSWORD_FILE
          SERVE_JOBS_DB_URL SERVE_JOBS_DB_URL_FILE SERVE_JOBS_DB_SCHEMA
          """);

  /** Other names must be quoted in {@code search_path} (PostgreSQL 18, 4.1.1). */
  private static final Pattern PLAIN_NAME = Pattern.compile("[a-z_][a-z0-9_]*");

  private static final String JOBS_URL = "SERVE_JOBS_DB_URL";
  private static final String SCHEDULE = "SERVE_SCHEDULE";
  private static final String EVERY_INTERFACE = "*";

  private final Variables variables;
  private final Clock clock;

  ServeVariables(Variables variables, Clock clock) {
    this.variables = variables;
    this.clock = clock;
  }

  ServeSettings read(Settings monitor) {
    variables.refusePlaceholders(NAMES);
    Optional<Secret> keystorePassword = variables.textOrFile(ServerKey.PASSWORD).map(Secret::new);
    Optional<KeyStore.PrivateKeyEntry> key = new ServerKey(variables, clock).read(keystorePassword);
    return new ServeSettings(
        monitor,
        host(),
        variables.integer("SERVE_HTTPS_PORT", 1, 65_535),
        new ServeUsers(variables).read(),
        key,
        keystorePassword,
        jobs(),
        schedule());
  }

  /** Empty: no schedule. */
  private Optional<Duration> schedule() {
    return variables
        .text(SCHEDULE)
        .map(_ -> variables.duration(SCHEDULE, Duration.ofMinutes(1), Duration.ofDays(1)));
  }

  /** Empty: the job repository is in memory. */
  private Optional<JobsDatabase> jobs() {
    String schema = variables.required("SERVE_JOBS_DB_SCHEMA");
    return new DatabaseUrl(variables, JOBS_URL).readOptional(schema).map(this::jobs);
  }

  private JobsDatabase jobs(DatabaseSettings settings) {
    String schema = settings.schema();
    if (settings.kind() == DatabaseKind.POSTGRESQL && !PLAIN_NAME.matcher(schema).matches()) {
      variables.fault(
          "SERVE_JOBS_DB_SCHEMA",
          "'%s' must contain only a-z, 0-9 and _, and not start with a digit".formatted(schema));
    }
    return new JobsDatabase(settings.jdbcUrl(), settings.user(), settings.password(), schema);
  }

  private String host() {
    String host = variables.required("SERVE_HTTPS_HOST");
    if (!host.isEmpty() && !host.equals(EVERY_INTERFACE)) {
      try {
        var _ = InetAddress.getByName(host);
      } catch (UnknownHostException e) {
        variables.fault(
            "SERVE_HTTPS_HOST",
            "'%s' is neither an address of this machine nor * (all addresses)".formatted(host));
      }
    }
    return host;
  }
}
