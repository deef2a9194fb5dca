package dnsblmonitor.jira;

import dnsblmonitor.domain.ReportedAlert;
import dnsblmonitor.domain.ReportedState;
import dnsblmonitor.domain.TicketRecord;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The issue property that keeps what a ticket reported (R23): {@code {"told":"clean"}} or {@code
 * {"told":["zone",...]}}, with {@code commented} if the last comment reported another state, {@code
 * gathered} changes and the times of our last {@code comments} (R23a); {@code
 * {"alert":"failing"|"recovered","failureToldAt":"<instant>"}} or {@code {"alert":"mass-listing"}}.
 * {@code project} is the one that it was filed for (R25). {@code labels} are there if Jira takes
 * none (R25a).
 */
final class ReportedStateProperty {

  private static final String TOLD = "told";
  private static final String CLEAN = "clean";
  private static final String COMMENTED = "commented";
  private static final String GATHERED = "gathered";
  private static final String COMMENTS = "comments";
  private static final String PROJECT = "project";
  private static final String BY_COMMENT = "byComment";
  private static final String ALERT = "alert";
  private static final String FAILING = "failing";
  private static final String RECOVERED = "recovered";
  private static final String MASS_LISTING = "mass-listing";
  private static final String FAILURE_REPORTED_AT = "failureToldAt";
  private static final String LABELS = "labels";

  private ReportedStateProperty() {}

  static JsonObject of(TicketRecord kept, String project) {
    JsonObjectBuilder property = in(project).add(TOLD, of(kept.reported()));
    if (!kept.commented().equals(kept.reported())) {
      property.add(COMMENTED, of(kept.commented()));
    }
    if (kept.gathered() > 0) {
      property.add(GATHERED, kept.gathered());
    }
    if (!kept.comments().isEmpty()) {
      property.add(
          COMMENTS,
          Wire.JSON.createArrayBuilder(kept.comments().stream().map(Instant::toString).toList()));
    }
    return property.build();
  }

  private static JsonObjectBuilder in(String project) {
    return Wire.JSON.createObjectBuilder().add(PROJECT, project);
  }

  private static JsonValue of(ReportedState reported) {
    return switch (reported) {
      case ReportedState.Clean() -> Wire.JSON.createValue(CLEAN);
      case ReportedState.Listed(var zones) -> Wire.JSON.createArrayBuilder(zones).build();
    };
  }

  static JsonObject of(ReportedAlert reported, String project) {
    return in(project)
        .add(ALERT, reported.failing() ? FAILING : RECOVERED)
        .add(FAILURE_REPORTED_AT, reported.failureReportedAt().toString())
        .add(BY_COMMENT, reported.byComment())
        .build();
  }

  static JsonObject ofMassListing(String project) {
    return in(project).add(ALERT, MASS_LISTING).build();
  }

  static JsonObject withLabels(JsonObject property, Set<String> labels) {
    return labels.isEmpty()
        ? property
        : Wire.JSON
            .createObjectBuilder(property)
            .add(LABELS, Wire.JSON.createArrayBuilder(labels.stream().sorted().toList()))
            .build();
  }

  /** What the ticket of an address keeps, if it says; the first release wrote {@code told} only. */
  static Optional<TicketRecord> ticket(JsonObject property) {
    return reported(property, TOLD)
        .map(reported ->
            new TicketRecord(
                reported,
                reported(property, COMMENTED).orElse(reported),
                property.get(GATHERED) instanceof JsonNumber number ? number.intValue() : 0,
                Wire.texts(property, COMMENTS).stream()
                    .flatMap(text -> instant(text).stream())
                    .toList()));
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  static Optional<String> project(JsonObject property) {
    return Wire.text(property, PROJECT);
  }

  private static Optional<ReportedState> reported(JsonObject property, String name) {
    return switch (property.get(name)) {
      case JsonString text when text.getString().equals(CLEAN) ->
          Optional.of(new ReportedState.Clean());
      case JsonArray zones when zones.stream().allMatch(JsonString.class::isInstance) ->
          Optional.of(ReportedState.Listed.by(Wire.texts(zones)));
      case null, default -> Optional.empty();
    };
  }

  /** What an alert reported, if {@code property} says. */
  static Optional<ReportedAlert> alert(JsonObject property) {
    String alert = Wire.text(property, ALERT).orElse("");
    return Wire.text(property, FAILURE_REPORTED_AT)
        .filter(_ -> alert.equals(FAILING) || alert.equals(RECOVERED))
        .flatMap(ReportedStateProperty::instant)
        .map(at ->
            new ReportedAlert(alert.equals(FAILING), at, property.getBoolean(BY_COMMENT, false)));
  }

  static Set<String> labels(JsonObject property) {
    return Set.copyOf(Wire.texts(property, LABELS));
  }
}
