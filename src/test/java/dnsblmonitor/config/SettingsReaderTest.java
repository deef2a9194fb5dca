package dnsblmonitor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dnsblmonitor.dnsbl.DnsSettings;
import dnsblmonitor.domain.Secret;
import dnsblmonitor.domain.TransitionRules;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.history.HistorySettings;
import dnsblmonitor.jira.JiraKind;
import dnsblmonitor.jira.JiraSettings;
import dnsblmonitor.postal.DatabaseKind;
import dnsblmonitor.report.LogLevel;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

/** R2 and {@code spec/configuration.md}: each variable's default, bounds and nonsense. */
class SettingsReaderTest {

  private static final Map<String, String> REQUIRED =
      Map.ofEntries(
          Map.entry("DB_HOST", "db.example.com"),
          Map.entry("DB_NAME", "postal"),
          Map.entry("DB_USER", "monitor"),
          Map.entry("DB_PASSWORD", "canary-db"),
          Map.entry("DNSBL_ZONES", "zen.example, bl.example=127.0.0.2*2"),
          Map.entry("JIRA_SERVER", "https://jira.example.com/base/"),
          Map.entry("JIRA_USER", "ops@example.com"),
          Map.entry("JIRA_API_TOKEN", "canary-token"),
          Map.entry("JIRA_PROJECT", "OPS"),
          Map.entry("JIRA_ISSUE_TYPE", "Task"),
          Map.entry("JIRA_DNS_FAILURE_ISSUE_TYPE", "Incident"));

  @TempDir Path folder = Path.of("set by JUnit");

  @Test
  void theDefaultsAreThoseOfTheSpecification() {
    Settings settings = read(Map.of());

    assertThat(settings.database().jdbcUrl())
        .isEqualTo(
            "jdbc:postgresql://db.example.com/postal?connectTimeout=10&socketTimeout=60&tcpKeepAlive=true&currentSchema=postal");
    assertThat(settings.database().schema()).isEqualTo("postal");
    assertThat(settings.dns().resolvers()).isEmpty();
    assertThat(settings.dns().timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.dns().concurrencyPerZone()).isEqualTo(10);
    assertThat(settings.dns().ratePerZone()).isZero();
    assertThat(settings.dns().ipv6()).isFalse();
    assertThat(settings.zoneProbe()).isTrue();
    assertThat(settings.dnsFailureLogLimit()).isEqualTo(20);
    assertThat(settings.listedThreshold()).isEqualTo(1);
    assertThat(settings.transitions()).isEqualTo(new TransitionRules(0, 50, Duration.ZERO));
    assertThat(settings.malfunctionThreshold()).isEqualTo(50);
    assertThat(settings.deployment()).isEqualTo("postal");
    assertThat(settings.runDeadline()).isEqualTo(Duration.ofMinutes(14));
    assertThat(settings.dryRun()).isFalse();
    assertThat(settings.logLevel()).isEqualTo(LogLevel.INFO);
    assertThat(settings.history()).isEmpty();
    assertThat(settings.warnings()).isEmpty();
    JiraSettings jira = settings.jira().orElseThrow();
    assertThat(jira.server()).isEqualTo(URI.create("https://jira.example.com/base"));
    assertThat(jira.excludedStatuses()).containsExactly("Done", "Closed", "Resolved");
    assertThat(jira.extraFields()).isEmpty();
    assertThat(jira.proxy()).isEmpty();
    assertThat(jira.trustStore()).isEmpty();
  }

  @Test
  void everyMissingVariableIsNamedInOneGo() {
    ConfigurationException fault =
        catchThrowableOfType(
            ConfigurationException.class, () -> new SettingsReader(config(Map.of())).read());

    assertThat(fault.getMessage())
        .contains("DB_URL: is required: mariadb://user:password@host/database, or ")
        .doesNotContain("DB_HOST", "DB_NAME")
        .contains("DNSBL_ZONES: is required")
        .contains("JIRA_SERVER: is required")
        .contains("JIRA_API_TOKEN: is required")
        .contains("JIRA_PROJECT: is required")
        .contains("JIRA_ISSUE_TYPE: is required")
        .contains("JIRA_DNS_FAILURE_ISSUE_TYPE: is required");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DNS_TIMEOUT               | 1   | 60
          DNS_CONCURRENCY           | 1   | 100
          DNS_ZONE_RATE             | 0   | 10000
          DNS_FAILURE_LOG_LIMIT     | 0   | 1000000
          LISTED_THRESHOLD          | 1   | 1000
          LISTED_PRIORITY           | 0   | 49
          CLEAN_FALLBACK_PRIORITY   | 1   | 100
          MALFUNCTION_THRESHOLD     | 1   | 100
          DB_PORT                   | 1   | 65535
          """)
  void numbersWithinTheirBoundsAreTakenAndOthersAreErrors(String name, int least, int most) {
    read(Map.of(name, "" + least));
    read(Map.of(name, "" + most));

    assertFault(Map.of(name, "" + (least - 1)), name);
    assertFault(Map.of(name, "" + (most + 1)), name);
    assertFault(Map.of(name, "many"), name, "'many'");
    assertFault(Map.of(name, "1.5"), name);
  }

  @ParameterizedTest
  @CsvSource({"true,true", "YES,true", "1,true", "False,false", "no,false", "0,false"})
  void booleansAreTakenInAnyCase(String text, boolean value) {
    assertThat(read(Map.of("DRY_RUN", text)).dryRun()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DRY_RUN", "CHECK_IPV6", "ZONE_PROBE"})
  void anotherWordIsNoBoolean(String name) {
    assertFault(Map.of(name, "maybe"), name, "'maybe'");
  }

  @Test
  void zonesWithoutTestEntryAreNamedAsTheyAreShown() {
    Map<String, String> variables =
        Map.of(
            "DNSBL_ZONES",
            "a.example=127.0.0.2*2,canarykey0123456789ab.b.example,c.example",
            "ZONES_WITHOUT_TEST_ENTRY",
            "A.example , b.example");

    assertThat(read(variables).zones())
        .filteredOn(zone -> !zone.hasTestEntry())
        .extracting(Zone::shownName)
        .containsExactly("a.example", "b.example");
  }

  @Test
  void aZoneWithoutTestEntryThatIsNotConfiguredIsAFault() {
    Map<String, String> variables =
        Map.of(
            "DNSBL_ZONES",
            "a.example,b.example",
            "ZONES_WITHOUT_TEST_ENTRY",
            "a.exmaple,canarykey0123456789ab.b.example");

    assertThatThrownBy(() -> read(variables))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(
            "ZONES_WITHOUT_TEST_ENTRY: 'a.exmaple' is not in DNSBL_ZONES (a.example, b.example); correct the name or remove it")
        .hasMessageContaining("'<key>.b.example' is not in DNSBL_ZONES")
        .hasMessageNotContaining("canarykey");
  }

  /** R28a. */
  @Test
  void withoutTicketsNoJiraVariableIsNeededOrRead() {
    Map<String, String> changes = new TreeMap<>(Map.of("TICKETS", "none"));
    REQUIRED.keySet().stream()
        .filter(name -> name.startsWith("JIRA_"))
        .forEach(name -> changes.put(name, ""));

    Settings without = read(changes);
    changes.put("JIRA_SERVER", "REPLACE-ME");
    changes.put("JIRA_API_TOKEN_FILE", "/nonexistent");
    changes.put("JIRA_EXCLUDED_STATUSES", "Done,Closed,Resolved"); // its default
    changes.put("JIRA_DEPLOYMENT", "cloud");
    Settings ignoring = read(changes);

    assertThat(without.tickets()).isFalse();
    assertThat(without.jira()).isEmpty();
    assertThat(without.warnings()).isEmpty();
    assertThat(ignoring.warnings())
        .containsExactly(
            "TICKETS=none: no tickets are filed, and JIRA_SERVER, JIRA_API_TOKEN_FILE, JIRA_DEPLOYMENT are ignored");
    assertFault(Map.of("TICKETS", "no"), "TICKETS", "'no' is not one of jira, none");
    changes.put("TICKETS", "jira");
    assertFault(changes, "JIRA_PROJECT", "is required");
  }

  /** R20a. */
  @Test
  void theTimeBeforeARestorationTakesItsBounds() {
    for (String text : List.of("PT0S", "PT6H", "P7D")) {
      assertThat(read(Map.of("RESTORE_AFTER", text)).transitions().restoreAfter())
          .isEqualTo(Duration.parse(text));
    }
    for (String text : List.of("-PT1S", "P7DT1S", "6h")) {
      assertFault(
          Map.of("RESTORE_AFTER", text),
          "RESTORE_AFTER: '%s' is not an ISO 8601 duration in PT0S..P7D".formatted(text));
    }
  }

  /** R2. */
  @Test
  void faultsAboutListsAreNamedInOneGoWithTheEntryToChange() {
    assertThatThrownBy(() ->
            read(
                Map.of(
                    "DNSBL_ZONES", "a.example,b.example",
                    "ZONES_WITHOUT_TEST_ENTRY", "gone.example",
                    "EXCEPTIONS", "*,203.0.113.7@gone.example",
                    "MASS_LISTING_LIMIT", "101",
                    "RESTORE_AFTER", "soon")))
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            e ->
                assertThat(e.faults())
                    .satisfiesExactlyInAnyOrder(
                        fault ->
                            assertThat(fault)
                                .contains("ZONES_WITHOUT_TEST_ENTRY: 'gone.example'", "remove it"),
                        fault ->
                            assertThat(fault)
                                .contains("EXCEPTIONS: '*': ", "'203.0.113.7@gone.example': "),
                        fault -> assertThat(fault).contains("MASS_LISTING_LIMIT: ", "1..100"),
                        fault -> assertThat(fault).contains("RESTORE_AFTER: 'soon'")));
  }

  @Test
  void massListingsAreBrakedAtHalfUnlessSetOtherwise() {
    assertThat(read(Map.of()).massListingLimit()).isEqualTo(50);
    assertThat(read(Map.of("MASS_LISTING_LIMIT", "100")).massListingLimit()).isEqualTo(100);
    assertFault(Map.of("MASS_LISTING_LIMIT", "0"), "MASS_LISTING_LIMIT", "1..100");
  }

  @Test
  void exceptionsNameConfiguredZones() {
    Map<String, String> zones = Map.of("DNSBL_ZONES", "a.example,b.example");

    assertThat(with(zones, "203.0.113.7@a.example/2026-12-31, *@B.example").exceptions())
        .hasToString("203.0.113.7@a.example/2026-12-31,*@b.example");
    assertThatThrownBy(() -> with(zones, "203.0.113.7@c.example,2001:db8::7"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("EXCEPTIONS: '203.0.113.7@c.example': ")
        .hasMessageContaining("'2001:db8::7': ");
  }

  private Settings with(Map<String, String> zones, String exceptions) {
    Map<String, String> variables = new TreeMap<>(zones);
    variables.put("EXCEPTIONS", exceptions);
    return read(variables);
  }

  @Test
  void howZonesAreAskedIsTakenFromTheEnvironment() {
    Settings settings =
        read(
            Map.of(
                "DNS_TIMEOUT", "7",
                "DNS_CONCURRENCY", "20",
                "DNS_ZONE_RATE", "50",
                "CHECK_IPV6", "yes",
                "ZONE_PROBE", "no"));

    assertThat(settings.dns())
        .isEqualTo(new DnsSettings(List.of(), Duration.ofSeconds(7), 20, 50, true));
    assertThat(settings.zoneProbe()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT29S", "PT25H", "14 minutes", "14"})
  void theDeadlineIsADurationWithinItsBounds(String text) {
    assertFault(Map.of("RUN_DEADLINE", text), "RUN_DEADLINE", "'" + text + "'");
  }

  /** Liberty reads the key of Java EE, the specification has the other (open-liberty#32181). */
  @ParameterizedTest
  @ValueSource(strings = {"javax.transaction.global.timeout", "jakarta.transaction.global.timeout"})
  void theTransactionOfAChunkOutlivesTheLongestDeadline(String key) throws Exception {
    Document job;
    try (InputStream xml =
        SettingsReader.class.getResourceAsStream("/META-INF/batch-jobs/dnsbl-monitor.xml")) {
      job = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml);
    }

    String seconds =
        XPathFactory.newInstance()
            .newXPath()
            .evaluate(
                "//step[@id='addresses']/properties/property[@name='%s']/@value".formatted(key),
                job);

    assertThat(seconds).isNotEmpty();
    assertThat(Duration.ofSeconds(Long.parseLong(seconds)))
        .isGreaterThan(SettingsReader.MAX_RUN_DEADLINE);
  }

  @Test
  void theDeadlineTakesItsBounds() {
    assertThat(read(Map.of("RUN_DEADLINE", "PT30S")).runDeadline())
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(read(Map.of("RUN_DEADLINE", "PT24H")).runDeadline()).isEqualTo(Duration.ofHours(24));
  }

  @ParameterizedTest
  @CsvSource({
    "LOG_LEVEL,LOUD",
    "DB_KIND,oracle",
    "JIRA_DEPLOYMENT,server",
    "DEPLOYMENT_NAME,two words",
    "DEPLOYMENT_NAME,a-name-that-is-longer-than-thirty-characters",
    "JIRA_PROJECT,ops team",
    "JIRA_SERVER,http://jira.example.com",
    "JIRA_SERVER,jira.example.com",
    "JIRA_SERVER,https://user:pw@jira.example.com",
    "JIRA_SERVER,https://user:pw@jira_server",
    "JIRA_SERVER,http://jira_server",
    "'JIRA_SERVER','https://jira_1,jira_2'",
    "JIRA_EXTRA_FIELDS,[1]",
    "JIRA_EXTRA_FIELDS,{nonsense",
    "DNSBL_ZONES,two names",
    "DNSBL_ZONES,zen.example*0",
    "DNS_RESOLVERS,192.0.2.1:99999",
    "DNS_RESOLVERS,192.0.2.300",
    "DNS_RESOLVERS,2001:db8::1",
    "HTTPS_PROXY,proxy.example.com",
    "TLS_CA_FILE,/no/such/file"
  })
  void nonsenseIsAnErrorThatNamesItsVariable(String name, String value) {
    assertFault(Map.of(name, value), name);
  }

  @Test
  void onCloudJiraUserIsRequiredAndElsewhereTheServerTells() {
    assertFault(Map.of("JIRA_DEPLOYMENT", "cloud", "JIRA_USER", ""), "JIRA_USER: is required");
    for (String deployment : List.of("auto", "datacenter")) {
      assertThat(read(Map.of("JIRA_DEPLOYMENT", deployment, "JIRA_USER", "")).jira().orElseThrow())
          .extracting(JiraSettings::user)
          .isEqualTo(Optional.empty());
    }
  }

  @ParameterizedTest
  @CsvSource({"auto,", "cloud,CLOUD", "DataCenter,DATA_CENTER"})
  void theKindOfJiraIsAskedUnlessConfigured(String deployment, @Nullable JiraKind kind) {
    assertThat(read(Map.of("JIRA_DEPLOYMENT", deployment)).jira().orElseThrow().kind())
        .isEqualTo(Optional.ofNullable(kind));
  }

  @Test
  void theListedPriorityIsBelowTheFallback() {
    assertFault(
        Map.of("LISTED_PRIORITY", "50", "CLEAN_FALLBACK_PRIORITY", "50"), "LISTED_PRIORITY");
    assertFault(Map.of("LISTED_PRIORITY", "0", "CLEAN_FALLBACK_PRIORITY", "0"), "LISTED_PRIORITY");
    read(Map.of("LISTED_PRIORITY", "1", "CLEAN_FALLBACK_PRIORITY", "2"));
  }

  @Test
  void aUrlWinsOverThePartsAndIsPercentDecoded() {
    Settings settings =
        read(
            Map.of(
                "DB_URL",
                "postgresql://mon%40itor:p%40ss%2F%23%25%3A+@[2001:db8::1]:5433/post%20al?sslmode=verify-full"));

    assertThat(settings.database().jdbcUrl())
        .startsWith("jdbc:postgresql://[2001:db8::1]:5433/post%20al?")
        .contains("sslmode=verify-full");
    assertThat(settings.database().user()).isEqualTo("mon@itor");
    assertThat(settings.database().password().reveal()).isEqualTo("p@ss/#%:+");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://monitor:canary pw@db.example.com/postal",
        "postgresql://monitor:canary@/postal",
        "postgresql://db.example.com/postal",
        "oracle://monitor:canary@db.example.com/postal",
        "postgresql://monitor:x@db.example.com/postal?password=canary"
      })
  void aBadUrlIsAnErrorThatDoesNotShowIt(String url) {
    ConfigurationException fault =
        catchThrowableOfType(ConfigurationException.class, () -> read(Map.of("DB_URL", url)));

    assertThat(fault).hasMessageContaining("DB_URL").hasMessageNotContaining("canary");
  }

  @Test
  void aVerifiedConnectionTrustsTheUsualRootsOrThoseThatAreGiven() throws IOException {
    String url = "postgresql://monitor:pw@db.example.com/postal?sslmode=verify-full";

    assertThat(read(Map.of("DB_URL", url)).database().jdbcUrl())
        .contains("sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory");
    assertThat(read(Map.of("DB_URL", url + "&sslrootcert=/ca.pem")).database().jdbcUrl())
        .contains("sslrootcert=%2Fca.pem")
        .doesNotContain("sslfactory");
  }

  @Test
  void theSchemaOfTheUrlCannotDifferFromTheOneThatIsChecked() {
    String url = "postgresql://monitor:pw@db.example.com/postal?currentSchema=other";

    assertThat(read(Map.of("DB_URL", url)).database().jdbcUrl())
        .contains("currentSchema=postal")
        .doesNotContain("other");
  }

  @Test
  void theNameOfJirasHostMayHoldAnUnderscore() {
    String server = "https://jira_server:8443/base";
    Map<String, String> given =
        Map.of("JIRA_SERVER", server, "HTTPS_PROXY", "http://proxy.example.com:3128");

    assertThat(read(given).jira().orElseThrow().server()).isEqualTo(URI.create(server));
    assertThat(read(given).jira().orElseThrow().proxy()).isPresent();
  }

  @Test
  void anEmptyVariableIsOneThatIsNotSet() {
    assertThat(read(Map.of("JIRA_EXCLUDED_STATUSES", "", "DNS_TIMEOUT", " ")).dns().timeout())
        .isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void theAliasOfTheUrlMayNotDiffer() {
    String url = "postgresql://monitor:pw@db.example.com/postal";
    assertThat(read(Map.of("DB_DSN", url)).database().user()).isEqualTo("monitor");
    assertFault(Map.of("DB_URL", url, "DB_DSN", url + "2"), "DB_DSN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DB_PASSWORD", "JIRA_API_TOKEN", "DNSBL_ZONES"})
  void aValueMayComeFromAFile(String name) throws IOException {
    Path file = Files.writeString(folder.resolve("value"), "from.file.example\n");

    read(Map.of(name, "", name + "_FILE", file.toString()));

    assertFault(Map.of(name + "_FILE", file.toString()), name, "set only one of them");
    assertFault(Map.of(name, "", name + "_FILE", folder.resolve("none").toString()), name);
  }

  @Test
  void theContentOfAFileIsTakenWithoutItsLineEnd() throws IOException {
    Path file = Files.writeString(folder.resolve("password"), "s3cret ${HOME}\n");

    Settings settings = read(Map.of("DB_PASSWORD", "", "DB_PASSWORD_FILE", file.toString()));

    assertThat(settings.database().password().reveal()).isEqualTo("s3cret ${HOME}");
  }

  @Test
  void whoSetsOnePartOfTheDatabaseGetsTheOthersNamed() {
    assertThat(
            catchThrowableOfType(
                ConfigurationException.class,
                () -> new SettingsReader(config(Map.of("DB_HOST", "db.example.com"))).read()))
        .hasMessageContainingAll(
            "DB_NAME: is required", "DB_USER: is required", "DB_PASSWORD: is required")
        .message()
        .doesNotContain("DB_URL");
  }

  /** A run does not need it, but the file is probably serve's as well. */
  @Test
  void whatATemplateLeftForServeIsAWarning() {
    assertThat(read(Map.of("SERVE_ADMIN_PASSWORD", "REPLACE-ME")).warnings())
        .containsExactly(
            "SERVE_ADMIN_PASSWORD: is still the template's REPLACE-ME, which serve refuses");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DB_HOST", "DB_PASSWORD", "DNSBL_ZONES", "JIRA_SERVER", "JIRA_API_TOKEN"})
  void whatATemplateLeftToBeFilledInIsTheOneFaultOfItsVariable(String name) {
    assertThatThrownBy(() -> read(Map.of(name, "x.REPLACE-ME")))
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            e ->
                assertThat(e.faults())
                    .containsExactly(
                        name
                            + ": is still the template's REPLACE-ME; replace it with the real value"));
  }

  @Test
  void whatATemplateLeftInAFileIsAFaultAsWell() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "REPLACE-ME\n");

    assertFault(
        Map.of("JIRA_API_TOKEN", "", "JIRA_API_TOKEN_FILE", file.toString()),
        "JIRA_API_TOKEN",
        "is still the template's REPLACE-ME");
  }

  @Test
  void aPasswordIsTakenAsItIsWritten() {
    assertThat(read(Map.of("DB_PASSWORD", "a${b}\\,c")).database().password().reveal())
        .isEqualTo("a${b}\\,c");
  }

  @Test
  void noFaultShowsASecret() {
    ConfigurationException fault =
        catchThrowableOfType(
            ConfigurationException.class,
            () ->
                read(
                    Map.of(
                        "DNSBL_ZONES", "canarykeycanarykeycanarykey.zen.dq.spamhaus.net=x,,",
                        "DNS_TIMEOUT", "0",
                        "JIRA_SERVER", "ftp://canary-token@jira.example.com")));

    assertThat(fault)
        .hasMessageContaining("DNSBL_ZONES")
        .hasMessageContaining("zen.dq.spamhaus.net")
        .hasMessageNotContaining("canary");
  }

  @Test
  void aDryRunNeedsNoJiraAtAllButNoHalfOfIt() {
    Map<String, String> withoutJira = new TreeMap<>(REQUIRED);
    withoutJira.keySet().removeIf(name -> name.startsWith("JIRA_"));
    withoutJira.put("DRY_RUN", "true");

    assertThat(new SettingsReader(config(withoutJira)).read().jira()).isEmpty();

    withoutJira.put("JIRA_PROJECT", "OPS");
    assertThatThrownBy(() -> new SettingsReader(config(withoutJira)).read())
        .hasMessageContaining("JIRA_SERVER: is required");
  }

  @Test
  void aMisspeltVariableIsAWarningThatNamesTheNearest() {
    assertThat(read(Map.of("DNSBL_ZONE", "x", "JIRA_TOKEN", "y", "OTHER", "z")).warnings())
        .containsExactly(
            "unknown variable DNSBL_ZONE; did you mean DNSBL_ZONES?",
            "unknown variable JIRA_TOKEN; did you mean JIRA_API_TOKEN?");
  }

  @Test
  void aMisspeltVariableIsNamedBesideTheFaultThatItCauses() {
    assertThatThrownBy(() -> read(Map.of("DNSBL_ZONES", "", "DNSBL_ZONE", "x")))
        .hasMessageContaining("DNSBL_ZONES: is required")
        .hasMessageContaining("unknown variable DNSBL_ZONE; did you mean DNSBL_ZONES?");
  }

  /** Without the warning a slip in a safety setting would leave the default in force. */
  @ParameterizedTest
  @CsvSource({
    "MASS_LISTING_LIMT, MASS_LISTING_LIMIT",
    "MASS_LISTING_PERCENT, MASS_LISTING_LIMIT",
    "EXEPTIONS, EXCEPTIONS",
    "EXCEPTION, EXCEPTIONS",
    "EXCEPTIONS_FILE, EXCEPTIONS",
    "RESTORE_AFTR, RESTORE_AFTER",
    "RESTORE_DELAY, RESTORE_AFTER",
    "LISTED_TRESHOLD, LISTED_THRESHOLD",
    "MALFUNCTION_TRESHOLD, MALFUNCTION_THRESHOLD",
    "ZONES_WITHOUT_TEST_ENTRIES, ZONES_WITHOUT_TEST_ENTRY",
    "ZONE_PROB, ZONE_PROBE",
    "RUN_DEADLIN, RUN_DEADLINE",
    "TICKET, TICKETS"
  })
  void aMisspeltSafetySettingIsAWarning(String misspelt, String meant) {
    assertThat(read(Map.of(misspelt, "1")).warnings())
        .singleElement()
        .asString()
        .contains("unknown variable " + misspelt + ";", meant);
  }

  @Test
  void everyLostOrSwappedLetterIsAWarning() {
    for (String name : SettingsReader.NAMES) {
      for (int i = 1; i < name.length(); i++) {
        String lost = name.substring(0, i) + name.substring(i + 1);
        String swapped =
            name.substring(0, i - 1) + name.charAt(i) + name.charAt(i - 1) + name.substring(i + 1);
        Stream.of(lost, swapped)
            .filter(slip -> !slip.equals(name) && !slip.equals("HTTP_PROXY"))
            .forEach(slip ->
                assertThat(Spelling.warnings(List.of(slip), SettingsReader.NAMES))
                    .as(slip)
                    .hasSize(1));
      }
    }
  }

  @Test
  void moreResolversThanTheEngineTakesAreAFault() {
    String seventeen = String.join(",", Collections.nCopies(17, "192.0.2.53"));

    assertThatThrownBy(() -> read(Map.of("DNS_RESOLVERS", seventeen)))
        .hasMessageContaining("DNS_RESOLVERS")
        .hasMessageContaining("17 resolvers are too many; the maximum is 16");
  }

  @Test
  void resolversAreHostsWithOrWithoutPort() {
    assertThat(
            read(Map.of("DNS_RESOLVERS", "192.0.2.53, 192.0.2.54:5353,[2001:db8::53]:54"))
                .dns()
                .resolvers())
        .containsExactly(
            new InetSocketAddress("192.0.2.53", 53),
            new InetSocketAddress("192.0.2.54", 5353),
            new InetSocketAddress("2001:db8::53", 54));
  }

  @ParameterizedTest
  @CsvSource({
    // server, NO_PROXY, through the proxy
    "https://jira.example.com,, true",
    "https://jira.example.com, 'localhost, .example.com', false",
    "https://jira.example.com, example.com, false",
    "https://jira.example.com, JIRA.example.com:443, false",
    "https://jira.example.com, *, false",
    "https://jira.example.com, 'other.example.com, 192.0.2.0/24', true",
    "https://192.0.2.7, 192.0.2.0/24, false",
    "https://192.0.2.7, 192.0.2.7/32, false",
    "https://192.0.2.7, '192.0.2.8/29, 192.0.2.6/32', true",
    "https://192.0.2.7, 0.0.0.0/0, false",
    "https://192.0.2.7, '192.0.2.0/x, 192.0.2.0/33, 192.0.2.0/-1, /24, 2001:db8::/32', true",
    "https://[2001:db8::7], 2001:db8::/32, false",
    "https://[2001:db8::7], 2001:db8:1::/48, true",
    "https://[2001:db8::7], [2001:db8::7]:443, false",
  })
  void theProxyIsUsedUnlessTheServerIsExcepted(
      String server, @Nullable String noProxy, boolean used) {
    for (UnaryOperator<String> spelling :
        List.<UnaryOperator<String>>of(name -> name, name -> name.toLowerCase(Locale.ROOT))) {
      Map<String, String> variables =
          new TreeMap<>(
              Map.of(
                  "JIRA_SERVER",
                  server,
                  spelling.apply("HTTPS_PROXY"),
                  "http://proxy.example.com:3128"));
      Optional.ofNullable(noProxy).ifPresent(it -> variables.put(spelling.apply("NO_PROXY"), it));

      assertThat(read(variables).jira().orElseThrow().proxy())
          .isEqualTo(
              used
                  ? Optional.of(InetSocketAddress.createUnresolved("proxy.example.com", 3128))
                  : Optional.empty());
    }
  }

  /** Refused only if Jira would be reached through it: clusters set it for everybody. */
  @Test
  void aProxyThatRequiresALoginIsRefusedOnlyIfItIsUsed() {
    Map<String, String> proxy =
        new TreeMap<>(Map.of("https_proxy", "http://somebody:pr0xy-pw@proxy.example.com:3128"));

    assertThatThrownBy(() -> read(proxy))
        .hasMessageContainingAll("HTTPS_PROXY", "login", "NO_PROXY=jira.example.com")
        .hasMessageNotContaining("pr0xy-pw");
    proxy.put("no_proxy", "jira.example.com");
    assertThat(read(proxy).jira().orElseThrow().proxy()).isEmpty();
  }

  @Test
  void everyVariableWithADefaultIsOneThatUsersCanSet() {
    assertThat(Stream.concat(SettingsReader.NAMES.stream(), ServeVariables.NAMES.stream()))
        .containsAll(new TreeSet<>(defaults().keySet()));
  }

  /** R36. */
  @Test
  void aHistoryIsADatabaseOfItsOwnWithItsSchemaAndRetention() {
    Map<String, String> variables =
        Map.of(
            "HISTORY_DB_URL",
            "postgresql://keeper:canary-history@history.example.com:5433/runs",
            "DEPLOYMENT_NAME",
            "east");

    HistorySettings history = read(variables).history().orElseThrow();

    assertThat(history.database().jdbcUrl())
        .startsWith("jdbc:postgresql://history.example.com:5433/runs?")
        .contains("currentSchema=dnsbl_history");
    assertThat(history.database().schema()).isEqualTo("dnsbl_history");
    assertThat(history.database().user()).isEqualTo("keeper");
    assertThat(history.deployment()).isEqualTo("east");
    assertThat(history.retention()).isEqualTo(Duration.ofDays(400));
    assertThat(history.database().target()).isEqualTo("postgresql://history.example.com:5433/runs");
    assertThat(read(variables).secrets()).contains(new Secret("canary-history"));
    assertThat(with("HISTORY_DB_SCHEMA", "runs", variables).database().schema()).isEqualTo("runs");
  }

  @Test
  void onMariaDbTheHistoryIsInTheDatabaseOfTheUrl() {
    HistorySettings history =
        with(
            "HISTORY_DB_SCHEMA",
            "ignored",
            Map.of("HISTORY_DB_URL", "mariadb://keeper:pw@db.example.com/dnsbl_history"));

    assertThat(history.database().kind()).isEqualTo(DatabaseKind.MARIADB);
    assertThat(history.database().schema()).isEqualTo("dnsbl_history");
    assertThat(history.database().target()).isEqualTo("mariadb://db.example.com/dnsbl_history");
  }

  private static HistorySettings with(String name, String value, Map<String, String> variables) {
    Map<String, String> all = new TreeMap<>(variables);
    all.put(name, value);
    return read(all).history().orElseThrow();
  }

  @Test
  void theHistorysUrlMayComeFromAFile() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("history"), "postgresql://keeper:s3cret@db.example.com/runs\n");
    Map<String, String> fromFile = Map.of("HISTORY_DB_URL_FILE", file.toString());

    assertThat(read(fromFile).history().orElseThrow().database().password().reveal())
        .isEqualTo("s3cret");
    assertFault(
        Map.of("HISTORY_DB_URL", "x", "HISTORY_DB_URL_FILE", file.toString()),
        "HISTORY_DB_URL: HISTORY_DB_URL_FILE is set as well");
    assertFault(
        Map.of("HISTORY_DB_URL_FILE", folder.resolve("none").toString()), "HISTORY_DB_URL_FILE: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "canary",
        "oracle://keeper:canary@db.example.com/runs",
        "postgresql://canary@db.example.com/runs",
        "postgresql://keeper:canary@db.example.com/",
        "mariadb://keeper:canary@a.example.com,b.example.com/runs",
        "mariadb://keeper:pw@db.example.com/runs?password=canary",
        "postgresql://keeper:canary@db.example.com/runs?sslMode=verify-full",
        "REPLACE-ME"
      })
  void aBadUrlOfTheHistoryIsAFaultThatDoesNotShowIt(String url) {
    assertThatThrownBy(() -> read(Map.of("HISTORY_DB_URL", url)))
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            e -> assertThat(e.faults()).allMatch(fault -> fault.startsWith("HISTORY_DB_URL: ")))
        .hasMessageNotContaining("canary");
  }

  @Test
  void theRetentionTakesItsBounds() {
    for (String text : List.of("P1D", "PT24H", "P3650D")) {
      read(Map.of("HISTORY_RETENTION", text));
    }
    for (String text : List.of("PT23H59M", "P3650DT1S", "-P1D", "P1Y", "400")) {
      assertFault(
          Map.of("HISTORY_RETENTION", text),
          "HISTORY_RETENTION: '%s' is not an ISO 8601 duration in P1D..P3650D".formatted(text));
    }
  }

  private static void assertFault(Map<String, String> changes, String name, String... texts) {
    ConfigurationException fault =
        catchThrowableOfType(ConfigurationException.class, () -> read(changes));
    assertThat(fault).as("fault of %s", changes).isNotNull();
    assertThat(fault.getMessage()).contains(name);
    for (String text : texts) {
      assertThat(fault.getMessage()).contains(text);
    }
  }

  private static Settings read(Map<String, String> changes) {
    Map<String, String> variables = new TreeMap<>(REQUIRED);
    variables.putAll(changes);
    return new SettingsReader(config(variables)).read();
  }

  private static org.eclipse.microprofile.config.Config config(Map<String, String> environment) {
    return new SmallRyeConfigBuilder()
        .withSources(
            new PropertiesConfigSource(environment, "environment", 300),
            new PropertiesConfigSource(defaults(), "defaults", 100))
        .build();
  }

  private static Map<String, String> defaults() {
    try (InputStream in =
        SettingsReader.class.getResourceAsStream("/META-INF/microprofile-config.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      Map<String, String> defaults = new TreeMap<>();
      List.copyOf(properties.stringPropertyNames())
          .forEach(name -> defaults.put(name, properties.getProperty(name)));
      return defaults;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
