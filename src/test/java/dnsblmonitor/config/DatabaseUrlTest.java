package dnsblmonitor.config;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.postal.DatabaseKind;
import dnsblmonitor.postal.DatabaseSettings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R9 and {@code spec/configuration.md}: the forms of {@code DB_URL} and its parts on MariaDB. */
class DatabaseUrlTest {

  private static final String DEFAULTS = "connectTimeout=10000&preserveInstants=false";
  private static final String URL = "mariadb://monitor:pw@db.example.com/postal";

  @ParameterizedTest
  @ValueSource(strings = {"mariadb", "mysql", "MariaDB"})
  void bothSchemesChooseMariaDbsDriver(String scheme) {
    DatabaseSettings settings = read(Map.of("DB_URL", scheme + "://monitor:pw@db.example.com/p"));

    assertThat(settings.kind()).isEqualTo(DatabaseKind.MARIADB);
    assertThat(settings.jdbcUrl())
        .isEqualTo(
            "jdbc:mariadb://db.example.com/p?"
                + DEFAULTS
                + "&socketTimeout=60000&useAffectedRows=false&useBulkStmts=false");
    assertThat(settings.user()).isEqualTo("monitor");
    assertThat(settings.password().reveal()).isEqualTo("pw");
    assertThat(settings.schema()).as("the database itself").isEqualTo("p");
  }

  @Test
  void thePartsChooseItByTheirKind() {
    Map<String, String> parts =
        Map.of(
            "DB_KIND", "mariadb",
            "DB_HOST", "2001:db8::1",
            "DB_PORT", "3307",
            "DB_NAME", "postal_production",
            "DB_USER", "monitor",
            "DB_PASSWORD", "@/#%:");

    DatabaseSettings settings = read(parts);

    assertThat(settings.kind()).isEqualTo(DatabaseKind.MARIADB);
    assertThat(settings.jdbcUrl())
        .startsWith("jdbc:mariadb://[2001:db8::1]:3307/postal_production?");
    assertThat(settings.password().reveal()).isEqualTo("@/#%:");
    assertThat(settings.schema()).as("the database itself").isEqualTo("postal_production");
  }

  @Test
  void aUrlIsPercentDecodedAsItsDriverDecodesNothing() {
    DatabaseSettings settings =
        read(
            Map.of(
                "DB_URL",
                "mariadb://mon%40itor:p%40ss%2F%23%25%3A+@[2001:db8::1]:3307/post%20al"
                    + "?serverSslCert=%2Fetc%2Fca.pem&allowPublicKeyRetrieval=true"));

    assertThat(settings.jdbcUrl())
        .startsWith("jdbc:mariadb://[2001:db8::1]:3307/post al?allowPublicKeyRetrieval=true&")
        .contains("&serverSslCert=/etc/ca.pem&");
    assertThat(settings.user()).isEqualTo("mon@itor");
    assertThat(settings.password().reveal()).isEqualTo("p@ss/#%:+");
    assertThat(settings.schema()).isEqualTo("post al");
  }

  @Test
  void aTimeOutOfTheUrlWinsAndWhatTheRulesRestOnDoesNot() {
    String url =
        URL + "?SocketTimeout=5&useAffectedRows=true&useBulkStmts=true&preserveInstants=true";

    assertThat(read(Map.of("DB_URL", url)).jdbcUrl())
        .isEqualTo(
            "jdbc:mariadb://db.example.com/postal?"
                + DEFAULTS
                + "&socketTimeout=5&useAffectedRows=false&useBulkStmts=false");
  }

  @ParameterizedTest
  @CsvSource({
    "sslMode=verify-full, /ca.pem, true",
    "sslmode=VERIFY-CA,   /ca.pem, true",
    "sslMode=trust,       /ca.pem, false",
    "sslMode=disable,     /ca.pem, false",
    "sslMode=verify-full, '',      false",
    "sslMode=verify-full&serverSslCert=/other.pem, /ca.pem, false",
    "sslMode=verify-full&trustStore=/other.p12,    /ca.pem, false",
    "'',                  /ca.pem, false"
  })
  void aVerifiedConnectionTrustsTheGivenCertificates(String query, String file, boolean given) {
    String url = read(Map.of("DB_URL", URL + "?" + query, "TLS_CA_FILE", file)).jdbcUrl();

    assertThat(url.contains("serverSslCert=/ca.pem")).as(url).isEqualTo(given);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mariadb://monitor:canary pw@db.example.com/postal",
        "mysql://monitor:canary@/postal",
        "mariadb://monitor:canary@db.example.com/",
        "mariadb://db.example.com/postal",
        "mariadb://monitor:canary@db.example.com/post%3Fal",
        "mariadb://monitor:canary@db.example.com/postal?localSocket=a%26b",
        "mariadb://monitor:canary@db.example.com/postal?sslMode=require",
        "mariadb://monitor:x@db.example.com/postal?password=canary",
        "mariadb://monitor:x@db.example.com/postal?keyStorePassword=canary",
        "mariadb://monitor:x@db.example.com/postal?trustStorePassword=canary"
      })
  void aUrlThatCannotBeMeantIsAnErrorThatDoesNotShowIt(String url) {
    assertThat(faults(Map.of("DB_URL", url)))
        .singleElement()
        .asString()
        .startsWith("DB_URL: ")
        .doesNotContain("canary");
  }

  private static DatabaseSettings read(Map<String, String> environment) {
    Variables variables = variables(environment);
    DatabaseSettings settings = new DatabaseUrl(variables).read();
    assertThat(variables.faults()).isEmpty();
    return settings;
  }

  private static List<String> faults(Map<String, String> environment) {
    Variables variables = variables(environment);
    assertThat(new DatabaseUrl(variables).read()).isNotNull();
    return variables.faults();
  }

  private static Variables variables(Map<String, String> environment) {
    Map<String, String> all = new TreeMap<>(Map.of("DB_KIND", "postgresql", "DB_SCHEMA", "postal"));
    all.putAll(environment);
    return new Variables(
        new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(all, "environment", 300))
            .build());
  }
}
