package dnsblmonitor.postal;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.RowValues;
import jakarta.persistence.Column;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
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

  /** What is read and written is what is granted. */
  @Test
  void theColumnsAreThoseOfTheEntityAndOfAChange() {
    assertThat(LeastRights.READ)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(IpAddressRow.class.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .map(LeastRightsTest::column)
                .toList());
    assertThat(LeastRights.WRITTEN)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Stream.of("updated_at"),
                    Arrays.stream(RowValues.class.getRecordComponents())
                        .map(RecordComponent::getName))
                .toList());
  }

  private static String column(Field field) {
    return Optional.ofNullable(field.getAnnotation(Column.class))
        .map(Column::name)
        .filter(name -> !name.isEmpty())
        .map(name -> name.replace("`", ""))
        .orElse(field.getName());
  }
}
