package dnsblmonitor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.FakeJiraIssue;
import dnsblmonitor.testing.TestDatabase.Row;
import dnsblmonitor.testing.World;
import java.util.List;
import java.util.stream.IntStream;

/** The numbered addresses of a test: their rows, their listings in one zone and their tickets. */
final class Addresses {

  private final World world;
  private final String zone;

  Addresses(World world, String zone) {
    this.world = world;
    this.zone = zone;
  }

  static String address(int number) {
    return "203.0.113." + number;
  }

  void insert(int first, int last) {
    IntStream.rangeClosed(first, last).forEach(n -> world.database().insert(address(n), 80));
  }

  void list(int first, int last) {
    IntStream.rangeClosed(first, last)
        .forEach(n -> world.dns().lists(zone, address(n), "127.0.0.2", "spam"));
  }

  void refuseUpdatesOf(int number) {
    world
        .database()
        .execute(
            """
            create function audit.refuse() returns trigger language plpgsql as
              'begin raise exception ''refused''; end';
            create trigger refuse before update on postal.ip_addresses
              for each row when (old.ipv4 = '%s') execute function audit.refuse();
            """
                .formatted(address(number)));
  }

  void mend() {
    world
        .database()
        .execute(
            "drop function if exists audit.refuse cascade;"
                + " grant update on postal.ip_addresses to monitor");
  }

  boolean wasAskedFor(int number) {
    String name = "%d.113.0.203.%s.".formatted(number, zone);
    return world.dns().questions().keySet().stream().anyMatch(asked -> asked.name().equals(name));
  }

  Row row(int number) {
    return world.database().row(address(number));
  }

  void assertListed(int... numbers) {
    for (int number : numbers) {
      Row row = row(number);
      assertThat(row.priority()).as("priority of %s", row).isZero();
      assertThat(row.oldPriority()).as("old priority of %s", row).isNotNull();
      assertThat(row.blockingLists()).as("lists of %s", row).isEqualTo(zone);
      assertThat(row.lastEvent()).as("last event of %s", row).isNotBlank();
    }
  }

  void assertClean(int... numbers) {
    for (int number : numbers) {
      Row row = row(number);
      assertThat(row)
          .isEqualTo(new Row(row.id(), address(number), 80, null, row.blockingLists(), null));
      assertThat(row.blockingLists()).as("lists of %s", row).isNullOrEmpty();
    }
  }

  void assertOneTicketEach(int... numbers) {
    List<String> summaries = world.jira().issues().stream().map(FakeJiraIssue::summary).toList();
    assertThat(summaries).hasSize(numbers.length);
    for (int number : numbers) {
      assertThat(summaries)
          .filteredOn(summary -> summary.contains(address(number) + " "))
          .as("tickets of %s among %s", address(number), summaries)
          .hasSize(1);
    }
  }
}
