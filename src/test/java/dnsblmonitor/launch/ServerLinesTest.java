package dnsblmonitor.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.Secret;
import jakarta.json.Json;
import java.io.StringReader;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** R30, R32: what the launcher passes on of what the server prints. */
class ServerLinesTest {

  private final List<String> out = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final ServerLines lines =
      new ServerLines(
          out::add,
          Clock.fixed(Instant.parse("2026-11-23T10:15:30Z"), ZoneOffset.UTC),
          List.of(new Secret("can\"ary\\ü x")),
          () -> failures.add("start"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"timestamp\":\"t\",\"event\":\"job_summary\",\"message\":\"pw can\\\"ary\\\\ü x.\"}",
        "{\"type\":\"liberty_message\",\"message\":\"pw can\\\"ary\\\\\\u00fc x.\"}",
        "pw can\"ary\\ü x.",
        "{no JSON: pw can\"ary\\ü x.}"
      })
  void noLineIsPassedOnWithASecret(String line) {
    lines.accept(line);

    assertThat(out).singleElement().asString().contains("pw ***.").doesNotContain("can");
    Json.createReader(new StringReader(out.getFirst())).readObject();
    assertThat(lines.isClosed()).isEqualTo(line.contains("job_summary"));
    assertThat(failures).isEmpty();
  }

  @Test
  void aLineWithoutASecretIsPassedOnAsItIs() {
    String line = "{\"type\":\"liberty_message\",\"message\":\"100% \\/opt\\/x\", \"n\":1.0}";

    lines.accept(line);

    assertThat(out).containsExactly(line);
  }
}
