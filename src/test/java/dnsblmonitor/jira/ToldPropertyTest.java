package dnsblmonitor.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.AlertTold;
import dnsblmonitor.domain.TicketRecord;
import dnsblmonitor.domain.Told;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToldPropertyTest {

  private static final Instant AT = Instant.parse("2026-11-23T08:00:00.123456789Z");

  private static final Told LISTED = Told.Listed.by(List.of("b", "a"));
  private static final Told CLEAN = new Told.Clean();

  @Test
  void aNewTicketsPropertySaysWhatItShowsAndWhereItWasFiled() {
    assertThat(ToldProperty.of(TicketRecord.of(LISTED), "OPS"))
        .hasToString(
            """
            {"project":"OPS","told":["a","b"]}\
            """);
    assertThat(ToldProperty.of(TicketRecord.of(CLEAN), "OPS"))
        .hasToString(
            """
            {"project":"OPS","told":"clean"}\
            """);
  }

  static Stream<TicketRecord> records() {
    return Stream.of(
        TicketRecord.of(LISTED),
        TicketRecord.of(CLEAN),
        TicketRecord.of(CLEAN).commented(LISTED, AT),
        TicketRecord.of(LISTED).commented(CLEAN, AT).commented(LISTED, AT.plusSeconds(900)),
        TicketRecord.of(LISTED).gathered(CLEAN).gathered(LISTED).gathered(CLEAN));
  }

  @ParameterizedTest
  @MethodSource("records")
  void whatIsWrittenIsReadBack(TicketRecord kept) {
    assertThat(ToldProperty.ticket(ToldProperty.of(kept, "OPS"))).contains(kept);
    assertThat(ToldProperty.project(ToldProperty.of(kept, "OPS"))).contains("OPS");
  }

  @ParameterizedTest
  @CsvSource({"true,true", "true,false", "false,true", "false,false"})
  void whatIsWrittenOfAnAlertIsReadBack(boolean failing, boolean byComment) {
    AlertTold told = new AlertTold(failing, AT, byComment);

    assertThat(ToldProperty.alert(ToldProperty.of(told, "OPS"))).contains(told);
    assertThat(ToldProperty.project(ToldProperty.of(told, "OPS"))).contains("OPS");
    assertThat(ToldProperty.project(ToldProperty.ofMassListing("OPS"))).contains("OPS");
  }

  /** R23a: version 0.1.0 wrote no more than this. */
  @Test
  void thePropertyOfTheFirstReleaseIsUnderstood() {
    assertThat(ToldProperty.ticket(read("{\"told\":[\"b\",\"a\"]}")))
        .contains(new TicketRecord(LISTED, LISTED, 0, List.of()));
    assertThat(ToldProperty.ticket(read("{\"told\":\"clean\",\"labels\":[\"x\"]}")))
        .contains(new TicketRecord(CLEAN, CLEAN, 0, List.of()));
    assertThat(
            ToldProperty.alert(
                read(
                    """
                    {"alert":"recovered","failureToldAt":"2026-11-23T08:00:00Z"}\
                    """)))
        .contains(new AlertTold(false, Instant.parse("2026-11-23T08:00:00Z"), false));
    assertThat(ToldProperty.project(read("{\"told\":\"clean\"}"))).isEmpty();
  }

  /** People can edit it by the API. */
  @Test
  void partsThatCannotBeReadAreLeftOut() {
    assertThat(
            ToldProperty.ticket(
                read(
                    """
                    {"told":"clean","commented":1,"gathered":"2","comments":["x",1,"2026-11-23T08:00:00Z"]}\
                    """)))
        .contains(
            new TicketRecord(CLEAN, CLEAN, 0, List.of(Instant.parse("2026-11-23T08:00:00Z"))));
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
    assertThat(ToldProperty.ticket(read(property))).isEmpty();
    assertThat(ToldProperty.alert(read(property))).isEmpty();
  }

  private static JsonObject read(String property) {
    return Json.createReader(new StringReader(property)).readObject();
  }
}
