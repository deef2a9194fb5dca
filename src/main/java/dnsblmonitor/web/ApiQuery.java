package dnsblmonitor.web;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.history.Page;
import dnsblmonitor.history.Paging;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.ws.rs.core.UriInfo;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ValueRange;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The query parameters of a request to the API. Each method throws the answer 400, with a sentence,
 * for a value that it cannot use.
 */
final class ApiQuery {

  private static final int DEFAULT_LIMIT = 100;

  /** Of times that both databases can store. */
  private static final ValueRange YEARS = ValueRange.of(1, 9999);

  private static final String BEFORE = "before";
  private static final String LIMIT = "limit";

  private final UriInfo uri;

  /**
   * @param known the parameters of this resource
   */
  ApiQuery(UriInfo uri, String... known) {
    this.uri = uri;
    List<String> names = List.of(known);
    for (String name : uri.getQueryParameters().keySet()) {
      if (!names.contains(name)) {
        throw refused(
            "the parameter '%s' is unknown here; %s"
                .formatted(
                    name,
                    names.isEmpty() ? "there are none" : "known are " + String.join(", ", names)));
      }
    }
  }

  private static RuntimeException refused(String why) {
    return ApiProblem.of(400, Character.toUpperCase(why.charAt(0)) + why.substring(1) + ".");
  }

  private Optional<String> text(String name) {
    List<String> values = uri.getQueryParameters().getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw refused(
          "the parameter '%s' is given %d times; give it once".formatted(name, values.size()));
    }
    if (values.stream().anyMatch(value -> value.chars().anyMatch(Character::isISOControl))) {
      throw refused("the parameter '%s' contains a control character".formatted(name));
    }
    return values.stream().findFirst();
  }

  private <T> Optional<T> parsed(String name, String form, Function<String, Optional<T>> parse) {
    return text(name)
        .map(value ->
            parse
                .apply(value)
                .orElseThrow(() -> refused("%s: '%s' is not %s".formatted(name, value, form))));
  }

  Optional<String> zone() {
    return text("zone").map(name -> name.toLowerCase(Locale.ROOT));
  }

  Optional<Ipv4Address> address() {
    return parsed("address", "an IPv4 address such as 192.0.2.1", Ipv4Address::parse);
  }

  Optional<Boolean> bool(String name) {
    return parsed(
        name,
        "true or false",
        value ->
            switch (value) {
              case "true" -> Optional.of(true);
              case "false" -> Optional.of(false);
              default -> Optional.empty();
            });
  }

  Optional<Long> number(String name) {
    return parsed(name, "a whole number", AddressQuery::number);
  }

  <E extends Enum<E>> Optional<E> word(String name, Class<E> type) {
    E[] all = type.getEnumConstants();
    return parsed(
        name,
        "one of " + Arrays.stream(all).map(ApiQuery::word).collect(Collectors.joining(", ")),
        value -> Arrays.stream(all).filter(it -> word(it).equals(value)).findFirst());
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** A time with an offset, or a date, from its start in UTC (ISO 8601). */
  Optional<Instant> time(String name) {
    return parsed(
        name,
        "an ISO 8601 time or date such as 2026-11-30T10:00:00Z or 2026-11-30",
        ApiQuery::timeOf);
  }

  private static Optional<Instant> timeOf(String text) {
    try {
      OffsetDateTime time =
          text.contains("T")
              ? OffsetDateTime.parse(text)
              : LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC);
      return Optional.of(time)
          .filter(it -> YEARS.isValidValue(it.getYear()))
          .map(OffsetDateTime::toInstant);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  Paging paging() {
    return new Paging(number(BEFORE), limit());
  }

  int limit() {
    return parsed(
            LIMIT,
            "a whole number in 1..%d".formatted(Paging.MAX_LIMIT),
            value ->
                AddressQuery.number(value)
                    .filter(limit -> limit >= 1 && limit <= Paging.MAX_LIMIT)
                    .map(Long::intValue))
        .orElse(DEFAULT_LIMIT);
  }

  /** A page of the answer, with the link to the next one. */
  <T> JsonObjectBuilder page(Page<T> page, Function<T, JsonObject> json) {
    return page(page.items(), page.next(), BEFORE, json);
  }

  <T> JsonObjectBuilder page(
      List<T> items, Optional<Long> next, String parameter, Function<T, JsonObject> json) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    items.forEach(item -> array.add(json.apply(item)));
    return Json.createObjectBuilder()
        .add("items", array)
        .add(
            "next",
            next.<JsonValue>map(id ->
                    Json.createValue(
                        uri.getRequestUriBuilder()
                            .scheme(null)
                            .host(null)
                            .port(-1)
                            .replaceQueryParam(parameter, id)
                            .build()
                            .toString()))
                .orElse(JsonValue.NULL));
  }
}
