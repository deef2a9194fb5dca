package dnsblmonitor.postal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** R5c: names stand in the GRANTs as SQL takes them, whatever they hold. */
class LeastRightsTest {

  @Test
  void postgresqlIsGrantedTheSchemaAndColumns() {
    assertThat(new LeastRights(DatabaseKind.POSTGRESQL, "po\"stal", "mon itor").statements())
        .containsExactly(
            "GRANT USAGE ON SCHEMA \"po\"\"stal\" TO \"mon itor\";",
            "GRANT SELECT (\"id\", \"ip_pool_id\", \"ipv4\", \"ipv6\", \"hostname\", \"priority\","
                + " \"updated_at\", \"oldPriority\", \"blockingLists\", \"lastEvent\"),"
                + " UPDATE (\"priority\", \"updated_at\", \"oldPriority\", \"blockingLists\","
                + " \"lastEvent\") ON \"po\"\"stal\".\"ip_addresses\" TO \"mon itor\";");
  }

  @Test
  void mariaDbIsGrantedColumnsForAnAccountOfUserAndHost() {
    assertThat(new LeastRights(DatabaseKind.MARIADB, "post`al", "m'on@itor@10.%").statements())
        .singleElement()
        .asString()
        .startsWith("GRANT SELECT (`id`, `ip_pool_id`,")
        .endsWith("ON `post``al`.`ip_addresses` TO 'm''on@itor'@'10.%';");
  }

  /** What is written and compared is what is granted. */
  @Test
  void theStatementOfAChangeNamesJustTheseColumns() {
    String sql = new ConditionalUpdate(new TableName(DatabaseKind.POSTGRESQL, "postal")).sql();
    String written = sql.substring(0, sql.indexOf(" where "));
    String compared = sql.substring(sql.indexOf(" where "));

    assertThat(columns(written)).containsExactlyInAnyOrderElementsOf(LeastRights.WRITTEN);
    assertThat(columns(compared)).containsExactlyInAnyOrderElementsOf(LeastRights.READ);
  }

  private static List<String> columns(String sql) {
    return Pattern.compile("\"(\\w+)\" (?:=|is not distinct from) \\?")
        .matcher(sql)
        .results()
        .map(match -> match.group(1))
        .toList();
  }
}
