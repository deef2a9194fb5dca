package dnsblmonitor.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Reads variables and collects all faults. For an invalid value, methods return a stand-in, so that
 * reading continues; check {@link #faults()} at the end. Messages contain a value only if it cannot
 * be secret.
 */
final class Variables {

  /** The placeholder for missing values in {@code .env.example} and {@code kubernetes/}. */
  static final String PLACEHOLDER = "REPLACE-ME";

  private final Config config;
  private final List<String> faults = new ArrayList<>();
  private final Set<String> placeholders = new HashSet<>();

  Variables(Config config) {
    this.config = config;
  }

  List<String> faults() {
    return faults;
  }

  void fault(String name, String what) {
    String fault = name + ": " + what;
    if (!placeholders.contains(name) && !faults.contains(fault)) {
      faults.add(fault);
    }
  }

  /** Reports only those of {@code names} that still contain a template's placeholder. */
  void refusePlaceholders(List<String> names) {
    for (String name : names) {
      text(name).ifPresent(value -> refusePlaceholder(name, value));
    }
  }

  /** Those of {@code names} that still contain a template's placeholder. */
  List<String> withPlaceholder(List<String> names) {
    return names.stream()
        .filter(name -> text(name).filter(value -> value.contains(PLACEHOLDER)).isPresent())
        .toList();
  }

  private void refusePlaceholder(String name, String value) {
    if (value.contains(PLACEHOLDER)) {
      fault(
          name,
          "is still the template's %s; replace it with the real value".formatted(PLACEHOLDER));
      placeholders.add(name);
    }
  }

  /**
   * The raw value, without expanding {@code ${...}}, which a password may contain. An empty value
   * counts as not set, so that the default applies.
   */
  Optional<String> text(String name) {
    return text(name, Integer.MAX_VALUE);
  }

  private Optional<String> text(String name, int maxOrdinal) {
    return StreamSupport.stream(config.getConfigSources().spliterator(), false)
        .filter(source -> source.getOrdinal() <= maxOrdinal)
        .sorted(Comparator.comparingInt(ConfigSource::getOrdinal).reversed())
        .flatMap(source -> Optional.ofNullable(source.getValue(name)).stream())
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  /** Whether the value is another than the default. */
  boolean isChanged(String name) {
    return !text(name).equals(text(name, ConfigSource.DEFAULT_ORDINAL));
  }

  /** The value of the variable, or of the file in {@code <NAME>_FILE}. */
  Optional<String> textOrFile(String name) {
    Optional<String> direct = text(name);
    Optional<String> file = text(name + "_FILE");
    if (file.isEmpty()) {
      return direct;
    }
    if (direct.isPresent()) {
      fault(name, "%s_FILE is set as well; set only one of them".formatted(name));
      return direct;
    }
    return onlyFile(name);
  }

  /** The content of the file in {@code <NAME>_FILE}, if set. */
  Optional<String> onlyFile(String name) {
    Optional<String> file = text(name + "_FILE");
    if (file.isEmpty()) {
      return file;
    }
    try {
      String content = Files.readString(Path.of(file.get()), StandardCharsets.UTF_8).strip();
      if (content.isEmpty()) {
        fault(name + "_FILE", "the file '%s' is empty".formatted(file.get()));
      }
      refusePlaceholder(name, content);
      return Optional.of(content);
    } catch (IOException | InvalidPathException e) {
      fault(name + "_FILE", "the file '%s' cannot be read".formatted(file.get()));
      return Optional.of("");
    }
  }

  String required(String name) {
    return required(name, text(name));
  }

  String requiredOrFile(String name) {
    return required(name, textOrFile(name));
  }

  private String required(String name, Optional<String> value) {
    if (value.isEmpty()) {
      fault(name, "is required");
    }
    return value.orElse("");
  }

  /** A whole number in {@code least..most}; never clamped. */
  int integer(String name, int least, int most) {
    String text = required(name);
    Optional<Integer> value = integerIn(text, least, most);
    if (value.isEmpty() && !text.isEmpty()) {
      fault(name, "'%s' is not a whole number in %d..%d".formatted(text, least, most));
    }
    return value.orElse(least);
  }

  /** Parses a whole number in {@code least..most}. */
  static Optional<Integer> integerIn(String text, int least, int most) {
    try {
      return Optional.of(Integer.parseInt(text)).filter(n -> n >= least && n <= most);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  boolean bool(String name) {
    String text = required(name);
    Optional<Boolean> value = truth(text);
    if (value.isEmpty() && !text.isEmpty()) {
      fault(name, "'%s' is not true/false, yes/no or 1/0".formatted(text));
    }
    return value.orElse(false);
  }

  /** Parses a boolean. */
  static Optional<Boolean> truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "1" -> Optional.of(true);
      case "false", "no", "0" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  Duration duration(String name, Duration least, Duration most) {
    String text = required(name);
    try {
      Duration value = Duration.parse(text);
      if (value.compareTo(least) >= 0 && value.compareTo(most) <= 0) {
        return value;
      }
    } catch (DateTimeParseException e) {
      // reported below, as for a duration out of bounds
    }
    if (!text.isEmpty()) {
      fault(
          name,
          "'%s' is not an ISO 8601 duration in %s..%s"
              .formatted(text, inDays(least), inDays(most)));
    }
    return least;
  }

  /** {@link Duration} prints days as hours. */
  private static String inDays(Duration bound) {
    return bound.isPositive() && bound.equals(Duration.ofDays(bound.toDays()))
        ? "P%dD".formatted(bound.toDays())
        : bound.toString();
  }

  /** One of {@code choices}, any case. */
  String choice(String name, String... choices) {
    String text = required(name);
    Optional<String> choice =
        Arrays.stream(choices).filter(c -> c.equalsIgnoreCase(text)).findFirst();
    if (choice.isEmpty() && !text.isEmpty()) {
      fault(name, "'%s' is not one of %s".formatted(text, String.join(", ", choices)));
    }
    return choice.orElse(choices[0]);
  }

  /**
   * The result of {@code parse}; its {@link IllegalArgumentException} is reported as the fault, so
   * the message must contain no secret.
   */
  <T> T parsed(String name, String text, Function<String, T> parse, T standIn) {
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      fault(name, String.valueOf(e.getMessage()));
      return standIn;
    }
  }

  /** Names, separated by white space. */
  static List<String> list(String names) {
    return List.of(names.strip().split("\\s+"));
  }

  static List<String> commaSeparated(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  Iterable<String> names() {
    return config.getPropertyNames();
  }
}
