package dnsblmonitor.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was filled in to start a run, as it came (R29a).
 *
 * @param ips as they were typed; blank: all
 * @param zones the shown names of the chosen ones; none: all
 */
record StartForm(String ips, List<String> zones, Mode mode) {

  static final StartForm EMPTY = new StartForm("", List.of(), Mode.DRY);

  /** Which button was pressed. */
  enum Mode {
    RUN,
    DRY;

    private static Optional<Mode> of(String word) {
      return Arrays.stream(values()).filter(mode -> mode.name().equalsIgnoreCase(word)).findFirst();
    }
  }

  StartForm {
    zones = List.copyOf(zones);
  }

  /** Empty where it is not one of ours: a run that writes must have been asked for. */
  static Optional<StartForm> of(HttpServletRequest request) {
    return Mode.of(Optional.ofNullable(request.getParameter("mode")).orElse(""))
        .map(mode ->
            new StartForm(
                Optional.ofNullable(request.getParameter("ips")).orElse(""),
                Optional.ofNullable(request.getParameterValues("zones"))
                    .map(List::of)
                    .orElse(List.of()),
                mode));
  }

  /** The job parameters that say the same. */
  Map<String, String> jobParameters() {
    Map<String, String> parameters = new TreeMap<>();
    if (!ips.isBlank()) {
      parameters.put("ips", String.join(",", ips.strip().split("[\\s,;]+")));
    }
    if (!zones.isEmpty()) {
      parameters.put("zones", String.join(",", zones));
    }
    if (mode == Mode.DRY) {
      parameters.put("dryRun", "true");
    }
    return parameters;
  }
}
