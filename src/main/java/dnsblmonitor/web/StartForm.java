package dnsblmonitor.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The submitted form to start a run, not validated (R29a).
 *
 * @param ips as entered; blank: all
 * @param zones the shown names of the selected zones; none: all
 */
record StartForm(String ips, List<String> zones, Mode mode) {

  static final StartForm EMPTY = new StartForm("", List.of(), Mode.DRY);

  /** The button that was pressed. */
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

  /** Empty if it is not our form: a run that writes must be requested explicitly. */
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

  /** The corresponding job parameters. */
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
