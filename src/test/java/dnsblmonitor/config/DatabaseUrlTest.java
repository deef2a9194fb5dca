package dnsblmonitor.config;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.postal.DatabaseKind;
import dnsblmonitor.postal.DatabaseSettings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
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
                    + "?sslMode=trust&serverSslCert=%2Fetc%2Fca.pem&allowPublicKeyRetrieval=true"));

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

  /** R9a: {@code new URI(...).getHost()} is null for each of them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mariadb://monitor:pw@postal_db:3306/postal             | jdbc:mariadb://postal_db:3306/postal?
          mysql://monitor:p@ss@postal_mariadb_1/postal           | jdbc:mariadb://postal_mariadb_1/postal?
          postgresql://monitor:pw@postal_db/postal               | jdbc:postgresql://postal_db/postal?
          postgres://monitor:pw@db1:5433,db_2/postal             | jdbc:postgresql://db1:5433,db_2/postal?
          postgresql://m:pw@[2001:db8::1]:5433,[2001:db8::2]/p   | jdbc:postgresql://[2001:db8::1]:5433,[2001:db8::2]/p?
          """)
  void theDriverJudgesNamesOfHosts(String url, String jdbcUrl) {
    assertThat(read(Map.of("DB_URL", url)).jdbcUrl()).startsWith(jdbcUrl);
  }

  @ParameterizedTest
  @CsvSource({
    "db1.example.com, '', primary",
    "'db1.example.com,db2.example.com', ?targetServerType=any, any",
    "'db1.example.com,db2.example.com:5433', '', primary"
  })
  void ofSeveralHostsOfPostgresqlThePrimaryIsUsed(String hosts, String query, String type) {
    String url = "postgresql://monitor:pw@" + hosts + "/postal" + query;

    assertThat(read(Map.of("DB_URL", url)).jdbcUrl().contains("targetServerType=" + type))
        .isEqualTo(hosts.contains(","));
  }

  @Test
  void thePartsMayNameSeveralHostsOfPostgresqlAsWell() {
    assertThat(read(parts("postgresql", "db_1,2001:db8::2")).jdbcUrl())
        .startsWith("jdbc:postgresql://db_1:5433,[2001:db8::2]:5433/postal?")
        .contains("targetServerType=primary");
    assertThat(faults(parts("mariadb", "db_1,db_2")))
        .singleElement()
        .asString()
        .contains("DB_HOST: ", "run lock", "name a single node");
  }

  private static Map<String, String> parts(String kind, String hosts) {
    return Map.of(
        "DB_KIND", kind,
        "DB_HOST", hosts,
        "DB_PORT", "5433",
        "DB_NAME", "postal",
        "DB_USER", "monitor",
        "DB_PASSWORD", "pw");
  }

  @Test
  void severalNodesOfMariaDbAreAnErrorThatSaysWhy() {
    assertThat(faults(Map.of("DB_URL", "mariadb://monitor:pw@db1,db2:3307/postal")))
        .singleElement()
        .asString()
        .contains("DB_URL: ", "run lock", "name a single node");
  }

  /** R9a: each would be ignored by the driver, or is no value of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          mysql      | ssl-mode=REQUIRED                    | has ssl-mode,            | sslMode (disable, trust, verify-ca, verify-full)
          mysql      | ssl_mode=required                    | has ssl_mode,            | sslMode (disable
          mysql      | useSSL=true                          | has useSSL,              | sslMode (disable
          mysql      | usessl=true                          | has usessl,              | sslMode (disable
          mysql      | requireSSL=true                      | has requireSSL,          | sslMode (disable
          mysql      | verifyServerCertificate=true         | has verifyServerCertificate, | sslMode (disable
          mariadb    | trustServerCertificate=true          | has trustServerCertificate, | sslMode (disable
          mariadb    | sslMode=trust&disableSslHostnameVerification=true | has disableSslHostnameVerification, | sslMode (disable
          mariadb    | tls=true                             | has tls,                 | sslMode (disable
          mariadb    | ssl=true                             | has ssl,                 | sslMode (disable
          mariadb    | sslrootcert=/ca.pem                  | has sslrootcert,         | serverSslCert
          mysql      | ssl-ca=/ca.pem                       | has ssl-ca,              | serverSslCert
          mysql      | sslMode=trust&tls-version=TLSv1.3    | has tls-version,         | enabledSslProtocolSuites
          mysql      | sslMode=REQUIRED                     | has an sslMode           | the equivalent of your value is trust
          mariadb    | sslmode=require                      | has an sslMode           | the equivalent of your value is trust
          mariadb    | sslMode=VERIFY_IDENTITY              | has an sslMode           | the equivalent of your value is verify-full
          mariadb    | sslMode=                             | has an sslMode           | one of disable, trust, verify-ca, verify-full
          mariadb    | serverSslCert=/ca.pem                | has serverSslCert but no sslMode | add sslMode=verify-full
          mariadb    | TrustStore=/ca.p12                   | has trustStore but no sslMode | add sslMode=verify-full
          mariadb    | sslMode=verify-full&sslmode=disable  | has sslmode twice        | -
          postgresql | sslMode=verify-full                  | has sslMode,             | parameter is sslmode (disable, allow, prefer, require, verify-ca, verify-full)
          postgresql | ssl-mode=REQUIRED                    | has ssl-mode,            | parameter is sslmode (
          postgresql | useSSL=true                          | has useSSL,              | parameter is sslmode (
          postgresql | requiressl=1                         | has requiressl,          | parameter is sslmode (
          postgresql | sslmode=require&ssl_min_protocol_version=TLSv1.3 | has ssl_min_protocol_version, | sslmode
          postgresql | sslmode=require&channel_binding=require | has channel_binding,  | parameter is channelBinding
          postgresql | sslmode=verify-ca&ssl-ca=/ca.pem     | has ssl-ca,              | parameter is sslrootcert
          postgresql | encrypt=true                         | has encrypt,             | parameter is sslmode (
          postgresql | sslmode=REQUIRED                     | has an sslmode           | the equivalent of your value is require
          postgresql | sslmode=                             | has an sslmode           | one of disable, allow
          postgresql | ssl=require                          | has an ssl value other than | sslmode=verify-full
          postgresql | sslrootcert=/ca.pem                  | has sslrootcert but no sslmode | add sslmode=verify-full
          postgresql | sslmode=require&sslrootcert=system   | has sslrootcert=system with a weaker sslmode | sslmode=verify-full
          """)
  void aUrlIsNeverWeakerThanItSays(String scheme, String query, String what, @Nullable String own) {
    assertThat(faults(Map.of("DB_URL", scheme + "://monitor:pw@db.example.com/postal?" + query)))
        .singleElement()
        .asString()
        .startsWith("DB_URL: " + what)
        .contains(own == null ? "" : own);
  }

  @ParameterizedTest
  @CsvSource({
    "ssl=true, verify-full, DefaultJavaSSLFactory",
    "ssl=TRUE, verify-full, DefaultJavaSSLFactory",
    "ssl, verify-full, DefaultJavaSSLFactory",
    "ssl=true&sslmode=require, require, ''",
    "sslmode=disable&ssl=true, disable, ''",
    "ssl=false&sslmode=verify-ca, verify-ca, DefaultJavaSSLFactory",
    "sslmode=VERIFY-FULL, VERIFY-FULL, DefaultJavaSSLFactory",
    "sslrootcert=system, verify-full, DefaultJavaSSLFactory",
    "ssl=true&sslrootcert=system, verify-full, DefaultJavaSSLFactory",
    "ssl=true&sslrootcert=/ca.pem, verify-full, ''",
    "ssl=false, '', ''"
  })
  void onPostgresqlSslMeansAVerifiedConnection(String query, String mode, String factory) {
    String url =
        read(Map.of("DB_URL", "postgresql://monitor:pw@db.example.com/postal?" + query)).jdbcUrl();

    assertThat(url + "&")
        .contains(mode.isEmpty() ? "" : "&sslmode=" + mode + "&", factory)
        .doesNotContain("&ssl=", "system", mode.isEmpty() ? "sslmode" : "sslmode=&");
    assertThat(url.contains("sslfactory")).as(url).isEqualTo(!factory.isEmpty());
  }

  /** What is said to be a driver's own is, and all that the driver has about TLS is known. */
  @ParameterizedTest
  @EnumSource
  void theNamesAreTheDriversOwn(DatabaseKind kind) throws SQLException {
    String url = "jdbc:" + kind.name().toLowerCase(Locale.ROOT) + "://db.example.com/postal";
    List<String> own =
        Arrays.stream(DriverManager.getDriver(url).getPropertyInfo(url, new Properties()))
            .map(property -> property.name)
            .toList();
    Set<String> known = TlsParameters.of(kind).names();

    assertThat(own)
        .filteredOn(name -> TlsParameters.ABOUT_TLS.matcher(name).matches())
        .isNotEmpty()
        .allMatch(known::contains);
    assertThat(known)
        .as("but for aliases, which the driver does not list")
        .allMatch(name -> own.contains(name) || name.contains("CertificateKeyStore"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mariadb://monitor:canary pw@db.example.com/postal",
        "mysql://monitor:canary@/postal",
        "mariadb://monitor:canary@db.example.com/",
        "mariadb://db.example.com/postal",
        "mariadb://monitor:canary@db.example.com:/postal",
        "mariadb://monitor:canary@address=(host=db.example.com)/postal",
        "mariadb://monitor:canary#@db.example.com/postal",
        "mariadb://monitor:canary%zz@db.example.com/postal",
        "postgresql://monitor:canary@db1,,db2/postal",
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
