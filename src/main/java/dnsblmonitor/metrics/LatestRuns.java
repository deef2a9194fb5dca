package dnsblmonitor.metrics;

import dnsblmonitor.history.RunEnd;
import dnsblmonitor.history.RunRecord;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * What is known after some runs.
 *
 * @param knowing the latest run that knows a part; a part that no run knows is missing
 * @param ends when the latest run with an outcome ended
 */
record LatestRuns(Map<Part, RunRecord> knowing, Map<RunEnd.Outcome, Instant> ends) {

  static final LatestRuns NONE = new LatestRuns(Map.of(), Map.of());

  LatestRuns {
    knowing = Map.copyOf(knowing);
    ends = Map.copyOf(ends);
  }

  /** After one more run; unchanged if metrics do not cover such runs (R39). */
  LatestRuns after(RunRecord run) {
    if (!run.isReported()) {
      return this;
    }
    Map<Part, RunRecord> known = new EnumMap<>(Part.class);
    known.putAll(knowing);
    Part.knownBy(run).forEach(part -> known.put(part, run));
    Map<RunEnd.Outcome, Instant> ended = new EnumMap<>(RunEnd.Outcome.class);
    ended.putAll(ends);
    ended.put(run.end().outcome(), run.end().at());
    return new LatestRuns(known, ended);
  }
}
