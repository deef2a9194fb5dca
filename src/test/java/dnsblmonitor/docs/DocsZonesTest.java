package dnsblmonitor.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.Exceptions;
import dnsblmonitor.domain.KnownLists;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneList;
import dnsblmonitor.testing.DocsPage;
import dnsblmonitor.testing.DocsPage.Row;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The blocklists that docs/choosing-lists.md advises for or against, and every example of zones.
 */
class DocsZonesTest {

  private static final DocsPage PAGE = DocsPage.of("docs/choosing-lists.md");
  private static final String KEY = "abcdefghijklmnopqrstuvwxyz";
  private static final Pattern EXAMPLE = Pattern.compile("DNSBL_ZONES=([^\\s`]+)");

  private static final Pattern EXCEPTIONS = Pattern.compile("EXCEPTIONS=([^\\s`]+)");
  private static final String BLOCKLISTS = "bl.example,bl.example.net,zen.example";

  private static Zone zone(String spec) {
    return ZoneList.parse("anchor.example," + spec.replace("<key>", KEY)).getLast();
  }

  private static List<Row> rows(String heading) {
    return PAGE.section(heading).rows().stream()
        .filter(row -> row.code(0).size() == 1 || heading.contains("start"))
        .toList();
  }

  @Test
  void checkWarnsOfEachZoneThatNeedsAFilterUntilItHasIt() {
    assertThat(rows("## Filter return codes"))
        .hasSizeGreaterThan(8)
        .allSatisfy(row -> {
          String example = row.code(2).getFirst();
          assertThat(KnownLists.advice(zone(row.code(0).getFirst()))).isPresent();
          assertThat(KnownLists.advice(zone(example))).as(example).isEmpty();
        });
  }

  @Test
  void checkWarnsOfEachDeadListForTheSameReason() {
    assertThat(rows("## Dead lists").stream().filter(row -> row.cells().size() == 3).toList())
        .hasSizeGreaterThan(8)
        .allSatisfy(row -> {
          String source = row.cells().get(2).replaceFirst(".*]\\((.*)\\).*", "$1");
          assertThat(KnownLists.advice(zone(row.code(0).getFirst())))
              .get()
              .asString()
              .contains("was shut down (%s)".formatted(row.cells().get(1)), source);
        });
  }

  @Test
  void checkHasNothingAgainstTheSetToStartWith() {
    assertThat(rows("## A set to start with"))
        .hasSizeGreaterThan(5)
        .allSatisfy(row -> assertThat(KnownLists.advice(zone(row.code(1).getFirst()))).isEmpty());
  }

  @Test
  void theLimitsAreThoseOfWhichCheckWarns() {
    String limits = PAGE.section("## Lookups a day").prose();

    assertThat(KnownLists.dailyLimit(zone("zen.spamhaus.org"))).hasValue(300_000);
    assertThat(limits).contains("| Spamhaus public mirrors | 300,000 |");
    assertThat(
            Stream.of("list.dnswl.org*-1", "bl.mailspike.net", "bl.spameatingmonkey.net")
                .map(spec -> KnownLists.dailyLimit(zone(spec)).orElse(0)))
        .containsOnly(100_000);
    assertThat(limits).contains("| DNSWL, Mailspike, Spam Eating Monkey | 100,000 |");
    assertThat(KnownLists.dailyLimit(zone("bl.score.senderscore.com"))).hasValue(333);
    assertThat(limits).contains("| 333 (");
  }

  @Test
  void everyExampleOfZonesCanBeUsed() {
    List<String> examples =
        DocsPage.all().stream()
            .flatMap(page -> EXAMPLE.matcher(page.text()).results())
            .map(found -> found.group(1).replace("<key>", KEY))
            .toList();

    assertThat(examples)
        .hasSizeGreaterThan(1)
        .allSatisfy(example -> assertThat(ZoneList.parse(example)).isNotEmpty());
    assertThat(
            DocsPage.of("docs/configuration.md").section("### Zones").rows().stream()
                .map(row -> row.code(0).getFirst()))
        .hasSizeGreaterThan(3)
        .allSatisfy(spec -> assertThat(zone(spec).asConfigured()).isNotEmpty());
  }

  @Test
  void everyExampleOfExceptionsCanBeUsed() {
    List<String> examples =
        Stream.concat(
                DocsPage.of("docs/configuration.md").section("### Exceptions").rows().stream()
                    .map(row -> row.code(0).getFirst()),
                DocsPage.all().stream()
                    .flatMap(page -> EXCEPTIONS.matcher(page.text()).results())
                    .map(found -> found.group(1)))
            .toList();

    assertThat(examples)
        .hasSizeGreaterThan(8)
        .allSatisfy(example ->
            assertThat(Exceptions.parse(List.of(example), ZoneList.parse(BLOCKLISTS)).entries())
                .hasSize(1));
  }
}
