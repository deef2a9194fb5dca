package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.FakeJira;
import dnsblmonitor.testing.FakeJiraFault;
import dnsblmonitor.testing.MonitorProcess.Ended;
import dnsblmonitor.testing.ServerTraces;
import dnsblmonitor.testing.TestDatabase;
import dnsblmonitor.testing.TestHistory;
import dnsblmonitor.testing.World;
import jakarta.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** R16, R32: canary values for every secret, searched wherever a run leaves traces, at DEBUG. */
class SecretsIT {

  private static final String ZONE_KEY = "canaryzonekey0123456789";
  private static final String KEYED_ZONE = ZONE_KEY + ".zen.example";
  private static final String WRONG_PASSWORD = "canary-wrong-password";

  private static final List<String> SECRETS =
      List.of(
          TestDatabase.PASSWORD,
          URLEncoder.encode(TestDatabase.PASSWORD, StandardCharsets.UTF_8),
          TestDatabase.percentEncoded(TestDatabase.PASSWORD),
          Json.createValue(TestDatabase.PASSWORD).toString().replaceAll("^\"|\"$", ""),
          FakeJira.TOKEN,
          Base64.getEncoder()
              .encodeToString(
                  (FakeJira.USER + ":" + FakeJira.TOKEN).getBytes(StandardCharsets.UTF_8)),
          ZONE_KEY,
          ZONE_KEY.toUpperCase(Locale.ROOT),
          WRONG_PASSWORD);

  private final World world = World.with(KEYED_ZONE + "," + ZONE_KEY + ".dead.example");
  private final TestHistory history = TestHistory.create(world.database());

  @TempDir Path output = Path.of("set by JUnit");

  @AfterEach
  void endWorld() {
    world.close();
  }

  @Test
  void noSecretIsFoundInAnyTraceOfRunsThatSucceedAndFail() {
    world.set("LOG_LEVEL", "DEBUG").set("WLP_OUTPUT_DIR", output.toString());
    world.set("DNS_TIMEOUT", "1").set("MALFUNCTION_THRESHOLD", "10");
    world.set("HISTORY_DB_URL", history.url());
    world.database().insert("203.0.113.7", 80);
    world
        .dns()
        .lists(
            KEYED_ZONE,
            "203.0.113.7",
            "127.0.0.2",
            "listed by " + KEYED_ZONE.toUpperCase(Locale.ROOT));
    world.dns().zone(ZONE_KEY + ".dead.example").silent();

    Ended good = world.run();
    world.jira().fail("GET", ".*/myself", FakeJiraFault.status(401).body(FakeJira.TOKEN).times(9));
    Ended refused = world.run();
    world.jira().noMoreFaults();
    world.database().execute("revoke update on postal.ip_addresses from monitor");
    world.dns().unlist(KEYED_ZONE, "203.0.113.7");
    String wrongUrl =
        "postgresql://monitor:%s@127.0.0.1:%d/%s"
            .formatted(WRONG_PASSWORD, world.database().port(), world.database().name());
    Ended denied = world.set("HISTORY_DB_URL", wrongUrl).run();
    world.set("HISTORY_DB_URL", history.url()).set("DB_URL", wrongUrl);
    Ended wrong = world.run();

    good.expectExit(0);
    assertThat(List.of(refused.exitCode(), denied.exitCode(), wrong.exitCode())).containsOnly(1);
    assertThat(wrong.events("job_summary")).isEmpty();
    assertThat(wrong.event("fatal_error").getString("error_type")).isEqualTo("DatabaseUnreachable");
    assertThat(wrong.event("fatal_error").getString("error_message")).contains("login was refused");
    assertThat(world.database().row("203.0.113.7").blockingLists()).isEqualTo("zen.example");
    assertThat(good.event("job_summary").getString("suggested_zones"))
        .isEqualTo("<key>.zen.example");
    List<String> traces = new ArrayList<>();
    Stream.of(good, refused, denied, wrong)
        .forEach(run -> {
          traces.addAll(run.lines());
          traces.add(run.standardError());
        });
    traces.addAll(world.jira().received());
    traces.add(
        world.database().single("select string_agg(t::text, ' ') from postal.ip_addresses t"));
    assertThat(denied.event("history_failed").getString("error_message")).contains("login");
    assertThat(history.rows("select count(*) from runs")).containsExactly("3");
    for (String table : List.of("runs", "row_changes", "listings", "zone_health")) {
      traces.addAll(history.rows("select t::text from %s t".formatted(table)));
    }
    assertThat(traces).allSatisfy(trace -> assertNoSecret("a line or request", trace));
    List<Path> files = ServerTraces.files(output);
    assertThat(files).as("messages, FFDC, job logs, work area").hasSizeGreaterThan(10);
    files.forEach(file -> assertNoSecret(file.toString(), ServerTraces.content(file)));
  }

  private static void assertNoSecret(String where, String trace) {
    assertThat(SECRETS)
        .as(where)
        .allSatisfy(secret -> {
          int at = trace.indexOf(secret);
          assertThat(at < 0 ? "" : trace.substring(Math.max(0, at - 300), at + secret.length()))
              .isEmpty();
        });
  }
}
