package dnsblmonitor.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.ReportedAlert;
import dnsblmonitor.domain.ReportedState;
import dnsblmonitor.domain.TicketRecord;
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

class ReportedStatePropertyTest {

  private static final Instant AT = Instant.parse("2026-11-23T08:00:00.123456789Z");

  private static final ReportedState LISTED = ReportedState.Listed.by(List.of("b", "a"));
  private static final ReportedState CLEAN = new ReportedState.Clean();

  @Test
  void aNewTicketsPropertySaysWhatItShowsAndWhereItWasFiled() {
    assertThat(ReportedStateProperty.of(TicketRecord.of(LISTED), "OPS"))
        .hasToString(
            """
            {"project":"OPS","told":["a","b"]}\
            """);
    assertThat(ReportedStateProperty.of(TicketRecord.of(CLEAN), "OPS"))
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
    assertThat(ReportedStateProperty.ticket(ReportedStateProperty.of(kept, "OPS"))).contains(kept);
    assertThat(ReportedStateProperty.project(ReportedStateProperty.of(kept, "OPS")))
        .contains("OPS");
  }

  @ParameterizedTest
  @CsvSource({"true,true", "true,false", "false,true", "false,false"})
  void whatIsWrittenOfAnAlertIsReadBack(boolean failing, boolean byComment) {
    ReportedAlert reported = new ReportedAlert(failing, AT, byComment);

    assertThat(ReportedStateProperty.alert(ReportedStateProperty.of(reported, "OPS")))
        .contains(reported);
    assertThat(ReportedStateProperty.project(ReportedStateProperty.of(reported, "OPS")))
        .contains("OPS");
    assertThat(ReportedStateProperty.project(ReportedStateProperty.ofMassListing("OPS")))
        .contains("OPS");
  }

  /** R23a: version 0.1.0 wrote no more than this. */
  @Test
  void thePropertyOfTheFirstReleaseIsUnderstood() {
    assertThat(ReportedStateProperty.ticket(read("{\"told\":[\"b\",\"a\"]}")))
        .contains(new TicketRecord(LISTED, LISTED, 0, List.of()));
    assertThat(ReportedStateProperty.ticket(read("{\"told\":\"clean\",\"labels\":[\"x\"]}")))
        .contains(new TicketRecord(CLEAN, CLEAN, 0, List.of()));
    assertThat(
            ReportedStateProperty.alert(
                read(
                    """
                    {"alert":"recovered","failureToldAt":"2026-11-23T08:00:00Z"}\
                    """)))
        .contains(new ReportedAlert(false, Instant.parse("2026-11-23T08:00:00Z"), false));
    assertThat(ReportedStateProperty.project(read("{\"told\":\"clean\"}"))).isEmpty();
  }

  /** People can edit it by the API. */
  @Test
  void partsThatCannotBeReadAreLeftOut() {
    assertThat(
            ReportedStateProperty.ticket(
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
    assertThat(ReportedStateProperty.ticket(read(property))).isEmpty();
    assertThat(ReportedStateProperty.alert(read(property))).isEmpty();
  }

  private static JsonObject read(String property) {
    return Json.createReader(new StringReader(property)).readObject();
  }
}
