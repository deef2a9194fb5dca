package dnsblmonitor.web;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The parameters of a request. An empty value is the same as none.
 *
 * @param values by name; null if there is none
 */
record Parameters(Function<String, String> values) {

  Optional<String> text(String name) {
    return Optional.ofNullable(values.apply(name))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  /**
   * A number of an id.
   *
   * @throws PageException if it is not one
   */
  Optional<Long> number(String name) {
    return text(name)
        .map(value ->
            AddressQuery.number(value)
                .orElseThrow(() ->
                    PageException.badRequest(
                        "“%s” is not a number. Correct '%s' in the address of the page, or leave it out."
                            .formatted(value, name))));
  }

  /**
   * One of some words.
   *
   * @throws PageException if it is none of them
   */
  <E extends Enum<E>> Optional<E> constant(String name, E[] constants) {
    return text(name)
        .map(value ->
            Arrays.stream(constants)
                .filter(constant -> word(constant).equals(value))
                .findFirst()
                .orElseThrow(() ->
                    PageException.badRequest(
                        "“%s” is not possible for '%s'. Use one of: %s."
                            .formatted(
                                value,
                                name,
                                Arrays.stream(constants)
                                    .map(Parameters::word)
                                    .collect(Collectors.joining(", "))))));
  }

  /** The entries to choose from, the first of which is "all". */
  static <E extends Enum<E>> List<RowsView.Choice> choices(E[] constants, Optional<E> chosen) {
    return Arrays.stream(constants)
        .map(constant ->
            new RowsView.Choice(
                word(constant), Words.word(constant), chosen.filter(constant::equals).isPresent()))
        .toList();
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
