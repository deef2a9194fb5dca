package dnsblmonitor.postal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What servers say that the tests cannot start: the text, SQLSTATE and code are theirs. */
class DatabaseExceptionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          This version of MariaDB doesn't yet support 'GET_LOCK in cluster (WSREP_ON=ON)' | 42000 | 1235
          Percona-XtraDB-Cluster prohibits use of GET_LOCK with pxc_strict_mode = ENFORCING | HY000 | 1105
          """)
  void aClusterThatRefusesTheLockIsSaidToPermitNoRun(String said, String state, int code) {
    assertThat(DatabaseException.of(new SQLException(said, state, code)))
        .hasMessageContaining("does not permit GET_LOCK in a Galera cluster")
        .hasMessageContaining("MDEV-30473")
        .hasMessageContaining(said);
  }

  @Test
  void anUnencryptedLoginOfMysqlIsToldWhatToSet() {
    String said =
        "RSA public key is not available client side (option serverRsaPublicKeyFile not set)";

    assertThat(DatabaseException.of(new SQLException(said, "S1009")))
        .hasMessageContaining("sslMode=verify-full")
        .hasMessageContaining("allowPublicKeyRetrieval=true")
        .hasMessageContaining("DB_HOST and DB_KIND support neither")
        .hasMessageNotContaining("check DB_HOST");
  }

  @ParameterizedTest
  @CsvSource({
    "PostgreSQL, 13, 22, PostgreSQL 14.0",
    "PostgreSQL, 14, 0,  ''",
    "MariaDB,    10, 5,  MariaDB 10.6",
    "MariaDB,    10, 6,  ''",
    "MariaDB,    11, 4,  ''",
    "MySQL,      5,  7,  MySQL 8.0",
    "MySQL,      8,  0,  ''"
  })
  void aVersionThatIsTooOldIsSaidToBeSo(String product, int major, int minor, String oldest) {
    assertThat(ServerFacts.tooOld(product, major, minor).orElse("")).isEqualTo(oldest);
  }
}
