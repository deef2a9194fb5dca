package dnsblmonitor.jira;

import static dnsblmonitor.jira.DeskAtFakeJira.NOW;
import static dnsblmonitor.jira.DeskAtFakeJira.carryOut;
import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.Exceptions;
import dnsblmonitor.domain.IpCheck;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.ListedAddress;
import dnsblmonitor.domain.LookupResult;
import dnsblmonitor.domain.MonitoredIp;
import dnsblmonitor.domain.OpenTicket;
import dnsblmonitor.domain.RowValues;
import dnsblmonitor.domain.RunFacts;
import dnsblmonitor.domain.TicketAction;
import dnsblmonitor.domain.TicketLabels;
import dnsblmonitor.domain.TicketRules;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneAnswer;
import dnsblmonitor.domain.ZoneList;
import dnsblmonitor.domain.ZoneLookup.Answered;
import dnsblmonitor.testing.FakeJira;
import dnsblmonitor.testing.FakeJiraIssue;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What others wrote (TXT reasons, host names, zone names in the table) arrives as it was. */
class TextsStayTextTest {

  private static final Ipv4Address IP = Ipv4Address.of("203.0.113.4");
  private static final Zone ZONE = ZoneList.parse("bl.example.org").getFirst();
  private static final RunFacts RUN = new RunFacts("run-7", NOW);
  private static final TicketRules RULES =
      new TicketRules(new TicketLabels("postal"), Exceptions.NONE);

  static List<String> hostileTexts() {
    return List.of(
        "\" or project = secret order by created",
        "\\\" \\\\ back\\slash",
        "{\"fields\":{\"summary\":\"gone\"}}",
        "\"}]}]}}",
        "</script><b>bold</b> &amp; &#42;",
        "*bold* _it_ -del- +ins+ ^sup^ ~sub~ ??cite?? {{mono}}",
        "[~admin] [text|https://evil.example] !image.png! @all",
        "{code}x{code} {noformat}y{noformat} {color:red}z{color} {panel}",
        "|| head || cell | cell |",
        "h1. title",
        "bq. quote",
        "# one",
        "- two",
        "----",
        ":) ;) :d (x) (/) (!) (y) (on)",
        "%s %n ${jndi:ldap://evil.example} $(id) `id`",
        "https://bl.example.org/?ip=203.0.113.4&x=a_b~c",
        "zażółć 日本語 \uD83D\uDEA8 \u202Eabc");
  }

  private static DeskAtFakeJira desk(JiraKind kind) {
    return switch (kind) {
      case CLOUD -> new DeskAtFakeJira();
      case DATA_CENTER ->
          new DeskAtFakeJira(FakeJira.dataCenter(FakeJira.TOKEN, Clock.fixed(NOW, ZoneOffset.UTC)));
    };
  }

  private static ListedAddress listed(String hostname, String reason, String listing) {
    MonitoredIp row =
        new MonitoredIp(
            1,
            IP,
            Optional.empty(),
            Optional.of(1L),
            Optional.of(hostname),
            new RowValues(0, 50, listing, ""));
    SortedSet<Ipv4Address> codes = new TreeSet<>(List.of(Ipv4Address.of("127.0.0.2")));
    LookupResult result = new LookupResult.Listed(codes, 1, Optional.of(reason));
    ZoneAnswer answer = new ZoneAnswer(ZONE, IP, new Answered(result, Duration.ZERO));
    return new ListedAddress(
        row,
        new TreeSet<>(List.of(listing)),
        Optional.of(IpCheck.of(row, List.of(answer), List.of(), 1, false)),
        false);
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void onCloud(String text) {
    staysText(JiraKind.CLOUD, text);
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void onDataCenter(String text) {
    staysText(JiraKind.DATA_CENTER, text);
  }

  private static void staysText(JiraKind kind, String text) {
    try (DeskAtFakeJira world = desk(kind)) {
      JiraTicketDesk desk = world.opened();
      ListedAddress listed = listed("host " + text, "reason " + text, text);
      String key = carryOut(desk, plan(listed, Optional.empty()));

      FakeJiraIssue issue = world.jira.issue(key);
      assertThat(issue.summary()).isEqualTo("IP 203.0.113.4 blacklisted by " + text);
      assertThat(issue.description()).contains("host " + text).contains("reason " + text);
      Optional<OpenTicket> open =
          RULES.ticketsAmong(desk.openIssues()).getOrDefault(IP, List.of()).stream().findFirst();
      assertThat(open.map(OpenTicket::key)).contains(key);
      assertThat(RULES.plan(listed, open, RUN)).isEmpty();

      ListedAddress changed = listed("h", "r", text + " 2");
      carryOut(desk, plan(changed, open));
      assertThat(world.jira.issue(key).comments())
          .singleElement()
          .asString()
          .contains("now listed on " + text + " 2");
    }
  }

  private static TicketAction plan(ListedAddress listed, Optional<OpenTicket> open) {
    return RULES.plan(listed, open, RUN).orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(JiraKind.class)
  void controlCharactersAreShownAsUnreadableAndNeverRefused(JiraKind kind) {
    try (DeskAtFakeJira world = desk(kind)) {
      String text = "a\u0000b\u001b[31mc\rd\ne\uD800f\u0085g\u2028h";
      String zone = text.replace("\uD800", "");

      String key = carryOut(world.opened(), plan(listed(text, text, zone), Optional.empty()));

      assertThat(world.jira.issue(key).summary())
          .isEqualTo("IP 203.0.113.4 blacklisted by a b [31mc d ef g h");
      assertThat(world.jira.issue(key).description()).contains("a\uFFFDb\uFFFD[31mc");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"O\"PS", "OPS\" OR project = \"SECRET", "OPS\\"})
  void aProjectKeyIsAStringOfItsQuery(String key) {
    assertThat(Jql.openTickets(key, List.of(), true))
        .contains("project = \"" + key.replace("\\", "\\\\").replace("\"", "\\\"") + "\" AND (");
  }
}
