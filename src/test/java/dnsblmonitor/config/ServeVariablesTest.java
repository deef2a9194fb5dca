package dnsblmonitor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dnsblmonitor.config.ServeUser.Role;
import dnsblmonitor.jobs.JobsDatabase;
import dnsblmonitor.testing.TestAuthority;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R2 and R5d: each variable of {@code serve}, its default, bounds and nonsense. */
class ServeVariablesTest {

  private static final String PASSWORD = "canary-password";

  private static final Map<String, String> REQUIRED =
      Map.of(
          "DB_URL", "postgresql://monitor:canary-db@db.example.com/postal",
          "DNSBL_ZONES", "zen.example",
          "DRY_RUN", "true");

  @TempDir Path folder = Path.of("set by JUnit");

  @Test
  void withoutAPasswordNothingIsServedAndTheMessageSaysHowToSetOne() {
    assertThat(faults(Map.of()))
        .singleElement()
        .asString()
        .contains("SERVE_ADMIN_PASSWORD: is required", "no default password")
        .contains("SERVE_ADMIN_PASSWORD_FILE", "SERVE_USERS_FILE");
  }

  @Test
  void aPasswordIsEnoughAndTheRestHasDefaults() {
    ServeSettings settings = read(Map.of("SERVE_ADMIN_PASSWORD", PASSWORD));

    assertThat(settings.httpsHost()).isEqualTo("*");
    assertThat(settings.httpsPort()).isEqualTo(9443);
    assertThat(settings.key()).isEmpty();
    assertThat(settings.users())
        .singleElement()
        .satisfies(user -> {
          assertThat(user.name()).isEqualTo("admin");
          assertThat(user.roles()).containsExactly(Role.ADMIN);
          assertThat(user.password().reveal()).isEqualTo(PASSWORD);
        });
  }

  @ParameterizedTest
  @CsvSource({"PT1M, PT1M", "pt15m, PT15M", "P1D, PT24H", "' PT1H30M ', PT1H30M"})
  void aScheduleIsADurationOfAMinuteToADay(String text, Duration every) {
    assertThat(read(Map.of("SERVE_ADMIN_PASSWORD", PASSWORD, "SERVE_SCHEDULE", text)).schedule())
        .contains(every);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void withoutOneThereIsNoSchedule(String text) {
    assertThat(read(Map.of("SERVE_ADMIN_PASSWORD", PASSWORD)).schedule()).isEmpty();
    assertThat(read(Map.of("SERVE_ADMIN_PASSWORD", PASSWORD, "SERVE_SCHEDULE", text)).schedule())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT30S", "PT59.999S", "P2D", "PT24H1S", "15m", "15", "-PT1M", "PT0S"})
  void aScheduleThatIsNoneIsRefused(String text) {
    assertThat(faults(Map.of("SERVE_ADMIN_PASSWORD", PASSWORD, "SERVE_SCHEDULE", text)))
        .containsExactly(
            "SERVE_SCHEDULE: '%s' is not an ISO 8601 duration in PT1M..P1D".formatted(text));
  }

  @ParameterizedTest
  @CsvSource({
    "*,         https://localhost:9443/",
    "0.0.0.0,   https://localhost:9443/",
    "::,        https://localhost:9443/",
    "127.0.0.1, https://127.0.0.1:9443/",
    "::1,       https://[::1]:9443/"
  })
  void itsUrlIsOneThatAPersonCanOpen(String host, String url) {
    Map<String, String> variables =
        Map.of("SERVE_ADMIN_PASSWORD", PASSWORD, "SERVE_HTTPS_HOST", host);

    assertThat(read(variables).url()).isEqualTo(url);
  }

  @Test
  void itsUsersByRoleLeaveOutRolesWithoutAUser() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("users"),
            "bob:monitor,admin:%s\nann:admin:%s\n".formatted(PASSWORD, PASSWORD));

    assertThat(read(Map.of("SERVE_USERS_FILE", file.toString())).usersByRole())
        .containsExactly(
            Map.entry("admin", List.of("ann", "bob")), Map.entry("monitor", List.of("bob")));
  }

  @Test
  void eachRoleMayHaveAUser() throws IOException {
    Path file = Files.writeString(folder.resolve("password"), PASSWORD + "\n");

    List<ServeUser> users =
        read(Map.of(
                "SERVE_SUBMITTER_USER",
                "deploy",
                "SERVE_SUBMITTER_PASSWORD",
                PASSWORD,
                "SERVE_MONITOR_PASSWORD_FILE",
                file.toString()))
            .users();

    assertThat(users).extracting(ServeUser::name).containsExactly("deploy", "monitor");
    assertThat(users)
        .extracting(ServeUser::roles)
        .containsExactly(Set.of(Role.SUBMITTER), Set.of(Role.MONITOR));
    assertThat(users.getLast().password().reveal()).isEqualTo(PASSWORD);
  }

  @Test
  void aFileNamesAnyNumberOfUsers() throws IOException {
    List<ServeUser> users =
        read(usersFile(
                """
                # name:roles:password
                ann:admin:pass:word:with:colons

                bob@example.com:submitter,monitor:canary-password
                """))
            .users();

    assertThat(users).extracting(ServeUser::name).containsExactly("ann", "bob@example.com");
    assertThat(users.getFirst().password().reveal()).isEqualTo("pass:word:with:colons");
    assertThat(users.getLast().roles()).containsExactly(Role.SUBMITTER, Role.MONITOR);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ann:admin                          | line 1: is not name:roles:password
          ann:root:canary-password           | line 1: a role must be admin, submitter or monitor;
          ann::canary-password               | line 1: a role must be admin, submitter or monitor;
          ann:canary-password:admin          | line 1: a role must be admin, submitter or monitor;
          a b:admin:canary-password          | line 1: a user name must be 1-64 letters
          <a/>:admin:canary-password         | line 1: a user name must be 1-64 letters
          ann:admin:eleven-char              | line 1: the password has 11 characters; it must have 12-128
          # nobody                           | contains no user; write one per line, as name:roles:password
          """)
  void aLineThatCannotBeUsedIsNamedWithoutItsPassword(String line, String fault)
      throws IOException {
    assertThat(faults(usersFile(line)))
        .anySatisfy(told -> assertThat(told).contains("SERVE_USERS_FILE", fault))
        .noneMatch(told -> told.contains("canary-password") || told.contains("eleven-char"));
  }

  @Test
  void aUserWhoIsThereTwiceIsAFault() throws IOException {
    assertThat(faults(usersFile("ann:admin:canary-password\nann:monitor:canary-password")))
        .containsExactly("SERVE_USERS_FILE: line 2: the user 'ann' is defined twice");
    assertThat(
            faults(
                Map.of(
                    "SERVE_ADMIN_PASSWORD", PASSWORD,
                    "SERVE_MONITOR_PASSWORD", PASSWORD,
                    "SERVE_MONITOR_USER", "admin")))
        .containsExactly("SERVE_MONITOR_USER: the user 'admin' is defined twice");
  }

  @Test
  void usersAreGivenEitherWayButNotByBoth() throws IOException {
    Map<String, String> both = new TreeMap<>(usersFile("ann:admin:canary-password"));
    both.put("SERVE_MONITOR_PASSWORD", PASSWORD);

    assertThat(faults(both))
        .containsExactly(
            "SERVE_USERS_FILE: a SERVE_..._PASSWORD is set as well; set only one of them");
  }

  @ParameterizedTest
  @ValueSource(strings = {"elevenchars", "p\u00e4ssword-canary", "tab\tin-the-password"})
  void aPasswordThatIsShortOrNotPrintableAsciiIsRefusedUnseen(String password) {
    assertThat(faults(Map.of("SERVE_ADMIN_PASSWORD", password)))
        .singleElement()
        .asString()
        .startsWith("SERVE_ADMIN_PASSWORD: the password ")
        .doesNotContain(password);
  }

  @Test
  void aPasswordMayHave128CharactersAndNoMore() {
    assertThat(read(Map.of("SERVE_ADMIN_PASSWORD", "x".repeat(128))).users()).hasSize(1);
    assertThat(faults(Map.of("SERVE_ADMIN_PASSWORD", "x".repeat(129)))).hasSize(1);
  }

  @Test
  void aTemplateThatIsNotFilledInIsAFault() {
    assertThat(faults(Map.of("SERVE_ADMIN_PASSWORD", "REPLACE-ME-please")))
        .anyMatch(fault -> fault.startsWith("SERVE_ADMIN_PASSWORD: is still the template's"));
  }

  @ParameterizedTest
  @CsvSource({
    "SERVE_HTTPS_PORT, 0",
    "SERVE_HTTPS_PORT, 65536",
    "SERVE_HTTPS_PORT, https",
    "SERVE_HTTPS_HOST, no host",
    "SERVE_KEYSTORE_FILE, /nowhere/key.p12"
  })
  void nonsenseIsNamedTogetherWithWhatARunCannotUse(String name, String value) {
    assertThat(
            faults(
                Map.of(
                    "SERVE_ADMIN_PASSWORD",
                    PASSWORD,
                    "SERVE_KEYSTORE_PASSWORD",
                    PASSWORD,
                    "DNS_TIMEOUT",
                    "61",
                    name,
                    value)))
        .anyMatch(fault -> fault.startsWith(name + ": "))
        .anyMatch(fault -> fault.startsWith("DNS_TIMEOUT: "));
  }

  @Test
  void aKeystoreIsReadWithItsPasswordAndNoOther() {
    Path file = TestAuthority.create().serverKeystore();
    Map<String, String> given = keystore(file, TestAuthority.KEYSTORE_PASSWORD);

    assertThat(read(given).key().orElseThrow().getCertificateChain()).hasSize(2);
    assertThat(faults(keystore(file, "canary-wrong")))
        .containsExactly(
            "SERVE_KEYSTORE_FILE: '%s' cannot be opened with SERVE_KEYSTORE_PASSWORD"
                .formatted(file));
  }

  @Test
  void aCertificateThatHasExpiredIsAFault() throws IOException {
    Path file = TestAuthority.create().serverKeystore();
    Map<String, String> given = keystore(file, TestAuthority.KEYSTORE_PASSWORD);
    X509Certificate certificate =
        (X509Certificate) read(given).key().orElseThrow().getCertificate();
    Clock later =
        Clock.fixed(
            certificate.getNotAfter().toInstant().plus(Duration.ofSeconds(1)), ZoneOffset.UTC);

    assertThat(faults(given, later))
        .singleElement()
        .asString()
        .startsWith("SERVE_KEYSTORE_FILE: the certificate in '%s' expired at ".formatted(file));
  }

  @Test
  void aFileThatIsNoKeystoreAndOneWithoutItsPasswordAreFaults() throws IOException {
    Path file = Files.writeString(folder.resolve("key.p12"), "not a keystore");

    assertThat(faults(keystore(file, PASSWORD)))
        .containsExactly(
            "SERVE_KEYSTORE_FILE: '%s' cannot be read as a PKCS12 keystore".formatted(file));
    assertThat(faults(keystore(file, "")))
        .containsExactly("SERVE_KEYSTORE_PASSWORD: is required if SERVE_KEYSTORE_FILE is set");
    assertThat(faults(keystore("", PASSWORD)))
        .containsExactly("SERVE_KEYSTORE_PASSWORD: is set without SERVE_KEYSTORE_FILE");
  }

  @Test
  void theJobRepositoryIsInMemoryUnlessItsDatabaseIsGiven() throws IOException {
    String url = "postgresql://jobs:canary%2Fjobs@db.example.com:5433/jobs?sslmode=verify-full";
    Path file = Files.writeString(folder.resolve("jobs-url"), url + "\n");

    assertThat(read(Map.of("SERVE_ADMIN_PASSWORD", PASSWORD)).jobs()).isEmpty();
    for (Map<String, String> given :
        List.of(
            Map.of("SERVE_JOBS_DB_URL", url), Map.of("SERVE_JOBS_DB_URL_FILE", file.toString()))) {
      JobsDatabase jobs = read(withAdmin(given)).jobs().orElseThrow();

      assertThat(jobs.jdbcUrl())
          .startsWith("jdbc:postgresql://db.example.com:5433/jobs?")
          .contains("sslmode=verify-full", "currentSchema=dnsbl_jobs", "socketTimeout=")
          .doesNotContain("canary");
      assertThat(jobs.user()).isEqualTo("jobs");
      assertThat(jobs.password().reveal()).isEqualTo("canary/jobs");
      assertThat(jobs.schema()).isEqualTo("dnsbl_jobs");
    }
  }

  @Test
  void theJobRepositoryMayBeOnMariaDb() {
    String url = "mariadb://jobs:canary@db.example.com/jobs_1?sslMode=verify-full";

    JobsDatabase jobs = read(withAdmin(Map.of("SERVE_JOBS_DB_URL", url))).jobs().orElseThrow();

    assertThat(jobs.schema()).as("the database itself").isEqualTo("jobs_1");
    assertThat(jobs.jdbcUrlOfServer())
        .startsWith("jdbc:mariadb://db.example.com/jobs_1?")
        .endsWith("&credentialType=ENV&pwdKey=POSTAL_MONITOR_JOBS_DB_PASSWORD")
        .doesNotContain("canary");
  }

  @Test
  void theSchemaOfTheJobRepositoryMayBeAnother() {
    Map<String, String> given =
        Map.of(
            "SERVE_JOBS_DB_URL", "postgresql://jobs:pw@db.example.com/jobs",
            "SERVE_JOBS_DB_SCHEMA", "other_schema");

    assertThat(read(withAdmin(given)).jobs().orElseThrow().jdbcUrl())
        .endsWith("currentSchema=other_schema");
  }

  /** What would be folded or split, and then not be found, is refused. */
  @ParameterizedTest
  @ValueSource(strings = {"Jobs", "other schema", "a,b", "\"jobs\"", "1st", "jobs;"})
  void aSchemaThatPostgresqlWouldTakeForAnotherIsAFault(String schema) {
    assertThat(
            faults(
                withAdmin(
                    Map.of(
                        "SERVE_JOBS_DB_URL",
                        "postgresql://jobs:pw@db.example.com/jobs",
                        "SERVE_JOBS_DB_SCHEMA",
                        schema))))
        .singleElement()
        .asString()
        .startsWith("SERVE_JOBS_DB_SCHEMA: '%s' must contain only a-z".formatted(schema));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mariadb://jobs:canary@db.example.com/jobs?useSSL=true | has useSSL, which MariaDB's driver ignores
          mariadb://jobs:canary@db1,db2/jobs                    | contains several hosts
          jdbc:postgresql://db.example.com/jobs                 | does not start with postgresql://
          postgresql://db.example.com/jobs                      | is not postgresql://user:password@
          postgresql://jobs:can ary@db.example.com/jobs         | is not a URL
          postgresql://jobs:x@db.example.com/j?password=canary  | has password in its query
          postgresql://jobs:REPLACE-ME@db.example.com/jobs      | is still the template's
          """)
  void aJobRepositoryThatCannotBeMeantIsAFaultOfItsVariableThatDoesNotShowIt(
      String url, String fault) {
    assertThat(faults(withAdmin(Map.of("SERVE_JOBS_DB_URL", url))))
        .anySatisfy(told -> assertThat(told).startsWith("SERVE_JOBS_DB_URL: ").contains(fault))
        .noneMatch(told -> told.contains("canary") || told.startsWith("DB_URL"));
  }

  @Test
  void aFileOfTheJobRepositoryThatIsNotThereIsOneFault() {
    assertThat(faults(withAdmin(Map.of("SERVE_JOBS_DB_URL_FILE", "/nowhere/url"))))
        .containsExactly("SERVE_JOBS_DB_URL_FILE: the file '/nowhere/url' cannot be read");
  }

  private static Map<String, String> withAdmin(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(more);
    all.put("SERVE_ADMIN_PASSWORD", PASSWORD);
    return all;
  }

  @Test
  void aRunDoesNotAskForWhatOnlyServeNeeds() {
    Map<String, String> variables = new TreeMap<>(REQUIRED);
    variables.put("SERVE_ADMIN_PASSWORD", "short");
    variables.put("SERVE_ADMIN_PASWORD", "short");

    assertThat(new SettingsReader(config(variables)).read().warnings())
        .containsExactly(
            "unknown variable SERVE_ADMIN_PASWORD; did you mean SERVE_ADMIN_PASSWORD?");
  }

  private static Map<String, String> keystore(Object file, String password) {
    return Map.of(
        "SERVE_ADMIN_PASSWORD", PASSWORD,
        "SERVE_KEYSTORE_FILE", file.toString(),
        "SERVE_KEYSTORE_PASSWORD", password);
  }

  private Map<String, String> usersFile(String content) throws IOException {
    return Map.of(
        "SERVE_USERS_FILE", Files.writeString(folder.resolve("users"), content).toString());
  }

  private static List<String> faults(Map<String, String> changes) {
    return faults(changes, Clock.systemUTC());
  }

  private static List<String> faults(Map<String, String> changes, Clock clock) {
    ConfigurationException fault =
        catchThrowableOfType(ConfigurationException.class, () -> read(changes, clock));
    assertThat(fault).as("fault of %s", changes.keySet()).isNotNull();
    return fault.faults();
  }

  private static ServeSettings read(Map<String, String> changes) {
    return read(changes, Clock.systemUTC());
  }

  private static ServeSettings read(Map<String, String> changes, Clock clock) {
    Map<String, String> variables = new TreeMap<>(REQUIRED);
    variables.putAll(changes);
    return new SettingsReader(config(variables)).readForServe(clock);
  }

  private static org.eclipse.microprofile.config.Config config(Map<String, String> environment) {
    return new SmallRyeConfigBuilder()
        .withSources(
            new PropertiesConfigSource(environment, "environment", 300), Environment.defaults())
        .build();
  }
}
