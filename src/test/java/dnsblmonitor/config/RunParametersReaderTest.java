package dnsblmonitor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dnsblmonitor.batch.RunRequest;
import dnsblmonitor.config.RunParametersReader.RunParameters;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.Zone;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R29a: the job parameters of a manual run, their bounds and nonsense. */
class RunParametersReaderTest {

  private static final String KEY = "abcdefghij0123456789";
  private static final String SHORT_KEY = "canary7";

  @Test
  void withoutParametersARunIsAsTheEnvironmentSays() {
    assertThat(read(Map.of()).dryRun()).isFalse();
    assertThat(readInDryEnvironment(Map.of()).dryRun()).isTrue();
    assertThat(read(Map.of()).scope().isPart()).isFalse();
    assertThat(read(Map.of()).scope().zones()).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "YES", "1", " True "})
  void dryRunMakesARunDry(String text) {
    assertThat(read(Map.of("dryRun", text)).dryRun()).isTrue();
    assertThat(readInDryEnvironment(Map.of("dryRun", text)).dryRun()).isTrue();
  }

  @Test
  void dryRunFalseIsWhatTheEnvironmentSaysAnyway() {
    assertThat(read(Map.of("dryRun", "no")).dryRun()).isFalse();
  }

  @Test
  void dryRunFalseCannotMakeADryEnvironmentWrite() {
    ConfigurationException fault =
        catchThrowableOfType(
            ConfigurationException.class, () -> readInDryEnvironment(Map.of("dryRun", "false")));

    assertThat(fault.faults())
        .singleElement()
        .asString()
        .contains("dryRun: cannot be false while DRY_RUN is true", "DRY_RUN=false");
  }

  @Test
  void zonesAreAPartByShownNameInTheOrderOfTheConfiguration() {
    RunParameters part =
        read(Map.of("zones", "bl.example, ZEN.example. ,zen.dq.spamhaus.net,bl.example"));

    assertThat(part.scope().zones())
        .extracting(Zone::shownName)
        .containsExactly("zen.example", "bl.example", "zen.dq.spamhaus.net");
    assertThat(part.scope().leftOut())
        .extracting(Zone::shownName)
        .containsExactly("mail.abusix.zone");
  }

  @Test
  void aZoneThatStandsTwiceInTheConfigurationIsOneHere() {
    assertThat(read(Map.of("zones", "bl.example")).scope().zones()).hasSize(1);
  }

  @Test
  void ipsAreAPartOfTheAddresses() {
    RunParameters part = read(Map.of("ips", "203.0.113.7, 192.0.2.1,203.0.113.7"));

    assertThat(part.scope().addresses().orElseThrow())
        .containsExactly(Ipv4Address.of("192.0.2.1"), Ipv4Address.of("203.0.113.7"));
    assertThat(part.scope().leftOut()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dryRun    | maybe                   | 'maybe' is not true/false, yes/no or 1/0
          dryRun    | ''                      | dryRun: is empty
          zones     | ''                      | zones: is empty
          zones     | zne.example             | 'zne.example' is not in DNSBL_ZONES (use the name shown in the log, without filter and weight); did you mean zen.example?
          zones     | bl.example=127.0.0.2    | 'bl.example=127.0.0.2' is not in DNSBL_ZONES
          zones     | zen.example,,bl.example | an entry is empty
          ips       | ''                      | ips: is empty
          ips       | ,                       | ips: an entry is empty
          ips       | 010.1.1.1               | '010.1.1.1' is not an IPv4 address such as 192.0.2.1
          ips       | 2001:db8::1             | '2001:db8::1' is not an IPv4 address
          ips       | mta.example             | 'mta.example' is not an IPv4 address
          ips       | 192.0.2.0/24            | '192.0.2.0/24' is not an IPv4 address
          itemCount | 0                       | '0' is not a whole number in 1..10000
          itemCount | 10001                   | '10001' is not a whole number in 1..10000
          itemCount | ' 500 '                 | ' 500 ' is not a whole number in 1..10000
          itemCount | ten                     | 'ten' is not a whole number in 1..10000
          dryrun    | true                    | dryrun: unknown job parameter; did you mean dryRun?
          ip        | 192.0.2.1               | ip: unknown job parameter; did you mean ips?
          """)
  void nonsenseIsAFaultThatSaysWhatToDo(String name, String value, String fault) {
    assertThat(faults(Map.of(name, value))).singleElement().asString().contains(fault);
  }

  @Test
  void addressesAreAThousandAtMost() {
    assertThat(read(Map.of("ips", addresses(1000))).scope().addresses().orElseThrow())
        .hasSize(1000);
    assertThat(faults(Map.of("ips", addresses(1001))))
        .singleElement()
        .asString()
        .contains("1001 addresses are too many; the maximum is 1000");
  }

  private static String addresses(int count) {
    return IntStream.range(0, count)
        .mapToObj(n -> "203.0.%d.%d".formatted(n / 250, n % 250))
        .collect(Collectors.joining(","));
  }

  @Test
  void allFaultsAreNamedInOneGo() {
    assertThat(
            faults(
                Map.of(
                    "dryRun", "maybe",
                    "zones", "x.example,y.example",
                    "ips", "a,b",
                    "itemCount", "0",
                    "zone", "zen.example")))
        .hasSize(7)
        .allSatisfy(fault -> assertThat(fault).startsWith("job parameter "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"com.ibm.ws.batch.anything", "com_ibm_ws_batch_message_priority", "itemCount"})
  void libertysOwnParametersAndTheChunksSizeAreFine(String name) {
    assertThat(read(Map.of(name, "5")).scope().isPart()).isFalse();
  }

  /** R16, R32: a parameter is no place for a key, but somebody may type one. */
  @ParameterizedTest
  @CsvSource({
    "zones, abcdefghij0123456789.zen.dq.spamhaus.net",
    "zones, ABCDEFGHIJ0123456789.zen.dq.spamhaus.net",
    "zones, canary7.mail.abusix.zone",
    "zones, Canary7",
    "zones, abcdefghij0123456789.bl.example",
    "zones, canary8.other.mail.abusix.zone",
    "ips, abcdefghij0123456789",
    "ips, canary7",
    "dryRun, canary7",
    "itemCount, canary7",
    "canary7, x",
    "abcdefghij0123456789, x",
    "zone, canary7.mail.abusix.zone",
    "key, anything-canary9",
  })
  void aKeyIsNeverEchoed(String name, String value) {
    ConfigurationException fault =
        catchThrowableOfType(ConfigurationException.class, () -> read(Map.of(name, value)));

    assertThat(String.valueOf(fault.getMessage())).doesNotContainIgnoringCase(KEY, "canary");
  }

  @Test
  void whoTypesAKeyIsToldTheNameOfItsZone() {
    assertThat(faults(Map.of("zones", SHORT_KEY + ".mail.abusix.zone")))
        .singleElement()
        .asString()
        .contains("refer to that zone as mail.abusix.zone");
  }

  @Test
  void aRestartKeepsWhatTheRunWasAskedFor() {
    Map<String, String> first = Map.of("dryRun", "true", "zones", "bl.example", "itemCount", "2");

    RunParameters bare = read(new RunRequest(Map.of("itemCount", "5"), first));
    RunParameters same =
        read(new RunRequest(Map.of("dryRun", "true", "zones", "bl.example"), first));

    assertThat(bare).isEqualTo(same);
    assertThat(bare.dryRun()).isTrue();
    assertThat(bare.scope().zones()).extracting(Zone::shownName).containsExactly("bl.example");
  }

  @Test
  void aRestartCannotBecomeAnotherRun() {
    Map<String, String> first = Map.of("dryRun", "true", "zones", "bl.example");

    assertThat(faults(new RunRequest(Map.of("zones", "bl.example"), first)))
        .singleElement()
        .asString()
        .contains("differ from those of the run to restart");
    assertThat(faults(new RunRequest(Map.of("ips", "192.0.2.1"), Map.of())))
        .singleElement()
        .asString()
        .contains("differ from those of the run to restart");
  }

  private static List<String> faults(Map<String, String> parameters) {
    return faults(new RunRequest(parameters, parameters));
  }

  private static List<String> faults(RunRequest request) {
    return catchThrowableOfType(ConfigurationException.class, () -> read(request)).faults();
  }

  private static RunParameters read(Map<String, String> parameters) {
    return read(new RunRequest(parameters, parameters));
  }

  private static RunParameters read(RunRequest request) {
    return RunParametersReader.read(request, settings("false"));
  }

  private static RunParameters readInDryEnvironment(Map<String, String> parameters) {
    return RunParametersReader.read(new RunRequest(parameters, parameters), settings("true"));
  }

  private static Settings settings(String dryRun) {
    Map<String, String> variables =
        new HashMap<>(
            Map.of(
                "DB_URL", "postgresql://monitor:pw@db.example.com/postal",
                "DNSBL_ZONES",
                    "zen.example*2,bl.example=127.0.0.2,bl.example=127.0.0.3*2,%s.zen.dq.spamhaus.net,%s.mail.abusix.zone"
                        .formatted(KEY, SHORT_KEY),
                "JIRA_SERVER", "https://jira.example.com",
                "JIRA_USER", "ops@example.com",
                "JIRA_API_TOKEN", "token",
                "JIRA_PROJECT", "OPS",
                "JIRA_ISSUE_TYPE", "Task",
                "JIRA_DNS_FAILURE_ISSUE_TYPE", "Incident",
                "DRY_RUN", dryRun));
    return new Environment(
            new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(variables, "given", 300))
                .withSources(defaults())
                .build())
        .settings();
  }

  private static PropertiesConfigSource defaults() {
    try {
      return new PropertiesConfigSource(
          java.util.Objects.requireNonNull(
              Environment.class.getResource("/META-INF/microprofile-config.properties")),
          100);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
