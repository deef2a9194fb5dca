package dnsblmonitor.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.AlertTold;
import dnsblmonitor.domain.Told;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToldPropertyTest {

  private static final Instant AT = Instant.parse("2026-11-23T08:00:00.123456789Z");

  @Test
  void whatIsWrittenIsReadBack() {
    Told listed = Told.Listed.by(List.of("b", "a"));

    assertThat(ToldProperty.of(listed)).hasToString("{\"told\":[\"a\",\"b\"]}");
    assertThat(ToldProperty.told(ToldProperty.of(listed))).contains(listed);
    assertThat(ToldProperty.of(new Told.Clean())).hasToString("{\"told\":\"clean\"}");
    assertThat(ToldProperty.told(ToldProperty.of(new Told.Clean()))).contains(new Told.Clean());
    assertThat(ToldProperty.alert(ToldProperty.of(new AlertTold(true, AT))))
        .contains(new AlertTold(true, AT));
    assertThat(ToldProperty.alert(ToldProperty.of(new AlertTold(false, AT))))
        .contains(new AlertTold(false, AT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"told\":null}",
        "{\"told\":\"dirty\"}",
        "{\"told\":[1]}",
        "{\"told\":{}}",
        "{\"alert\":\"failing\"}",
        "{\"alert\":\"failing\",\"failureToldAt\":\"yesterday\"}",
        "{\"alert\":1,\"failureToldAt\":\"2026-11-23T08:00:00Z\"}",
        "{\"alert\":\"?\",\"failureToldAt\":\"2026-11-23T08:00:00Z\"}",
      })
  void whatCannotBeReadSaysNothing(String property) {
    JsonObject read = Json.createReader(new StringReader(property)).readObject();

    assertThat(ToldProperty.told(read)).isEmpty();
    assertThat(ToldProperty.alert(read)).isEmpty();
  }
}
