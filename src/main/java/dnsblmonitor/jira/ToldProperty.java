package dnsblmonitor.jira;

import dnsblmonitor.domain.AlertTold;
import dnsblmonitor.domain.Told;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The issue property that keeps what a ticket was told (R23): {@code {"told":"clean"}}, {@code
 * {"told":["zone",...]}}, {@code {"alert":"failing"|"recovered","failureToldAt":"<instant>"}} or
 * {@code {"alert":"mass-listing"}}.
 *
 * <p>Where Jira takes no labels (R25a) it holds them too, as {@code "labels"}: else the next run
 * could not tell whose ticket it is.
 */
final class ToldProperty {

  private static final String TOLD = "told";
  private static final String CLEAN = "clean";
  private static final String ALERT = "alert";
  private static final String FAILING = "failing";
  private static final String RECOVERED = "recovered";
  private static final String MASS_LISTING = "mass-listing";
  private static final String FAILURE_TOLD_AT = "failureToldAt";
  private static final String LABELS = "labels";

  private ToldProperty() {}

  static JsonObject of(Told told) {
    return switch (told) {
      case Told.Clean() -> Wire.JSON.createObjectBuilder().add(TOLD, CLEAN).build();
      case Told.Listed(var zones) ->
          Wire.JSON.createObjectBuilder().add(TOLD, Wire.JSON.createArrayBuilder(zones)).build();
    };
  }

  static JsonObject of(AlertTold told) {
    return Wire.JSON
        .createObjectBuilder()
        .add(ALERT, told.failing() ? FAILING : RECOVERED)
        .add(FAILURE_TOLD_AT, told.failureToldAt().toString())
        .build();
  }

  static JsonObject ofMassListing() {
    return Wire.JSON.createObjectBuilder().add(ALERT, MASS_LISTING).build();
  }

  static JsonObject withLabels(JsonObject property, Set<String> labels) {
    return labels.isEmpty()
        ? property
        : Wire.JSON
            .createObjectBuilder(property)
            .add(LABELS, Wire.JSON.createArrayBuilder(labels.stream().sorted().toList()))
            .build();
  }

  /** What the ticket of an address was told; empty where {@code property} does not say. */
  static Optional<Told> told(JsonObject property) {
    return switch (property.get(TOLD)) {
      case JsonString text when text.getString().equals(CLEAN) -> Optional.of(new Told.Clean());
      case JsonArray zones when zones.stream().allMatch(JsonString.class::isInstance) ->
          Optional.of(Told.Listed.by(Wire.texts(zones)));
      case null, default -> Optional.empty();
    };
  }

  /** What an alert was told; empty where {@code property} does not say. */
  static Optional<AlertTold> alert(JsonObject property) {
    String alert = Wire.text(property, ALERT).orElse("");
    if (!alert.equals(FAILING) && !alert.equals(RECOVERED)) {
      return Optional.empty();
    }
    try {
      return Wire.text(property, FAILURE_TOLD_AT)
          .map(Instant::parse)
          .map(at -> new AlertTold(alert.equals(FAILING), at));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  static Set<String> labels(JsonObject property) {
    return Set.copyOf(Wire.texts(property.getOrDefault(LABELS, JsonValue.NULL)));
  }
}
