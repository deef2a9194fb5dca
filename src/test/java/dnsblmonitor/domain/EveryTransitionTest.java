package dnsblmonitor.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.IpState.Clean;
import dnsblmonitor.domain.Transition.Delisted;
import dnsblmonitor.domain.Transition.ListingChanged;
import dnsblmonitor.domain.Transition.NewlyListed;
import dnsblmonitor.domain.Transition.Unchanged;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** R17-R21 hold in every small world: three zones, their answers, weights, thresholds and rows. */
class EveryTransitionTest {

  private static final TransitionRules RULES = new TransitionRules(0, 40, Duration.ZERO);
  private static final List<String> NAMES = List.of("a.example", "b.example", "c.example");
  private static final List<Integer> WEIGHTS = List.of(-2, -1, 0, 1, 2);
  private static final List<String> ANSWERS = List.of("L", "N", "?");
  private static final List<Verdict> VERDICTS = verdicts();

  @Test
  void sameVerdictAfterwardsChangesNothing() {
    forEveryWorld((row, verdict) -> {
      RowValues after = row.after(RULES.decide(row.state(), verdict));

      Transition again = RULES.decide(after.state(), verdict);

      check(again instanceof Unchanged, row, verdict);
    });
  }

  @Test
  void oldPriorityIsWrittenOnlyFromCleanToListed() {
    forEveryWorld((row, verdict) -> {
      Transition transition = RULES.decide(row.state(), verdict);
      RowValues after = row.after(transition);

      boolean kept = Objects.equals(after.oldPriority(), row.oldPriority());
      check(
          switch (transition) {
            case Unchanged() -> after.equals(row);
            case ListingChanged _ -> kept && Objects.equals(after.priority(), row.priority());
            case NewlyListed _ ->
                row.state() instanceof Clean(int priority, var leftOver)
                    && Objects.equals(
                        after.oldPriority(), priority == 0 ? leftOver.orElse(0) : priority);
            case Delisted _ -> after.oldPriority() == null;
          },
          row,
          verdict);
    });
  }

  @Test
  void unknownAloneNeitherThrottlesNorClears() {
    forEveryWorld((row, verdict) -> {
      boolean allUnknown =
          verdict.results().values().stream().allMatch(LookupResult.Unknown.class::isInstance);
      if (allUnknown && row.state() instanceof Clean) {
        check(RULES.decide(row.state(), verdict) instanceof Unchanged, row, verdict);
      }
      if (!verdict.listingZones(row.state()).isEmpty() && row.state() instanceof Clean) {
        check(!verdict.listedZones().isEmpty(), row, verdict);
      }
    });
  }

  /** R17, R20c: no UNKNOWN allowlist clears a throttled row, nor one whose list was emptied. */
  @Test
  void aRowIsClearedByAnswersAlone() {
    forEveryWorld((row, verdict) -> {
      if (RULES.decide(row.state(), verdict) instanceof Delisted) {
        check(verdict.answeredListingZones(row.state()).isEmpty(), row, verdict);
      }
    });
  }

  private static void forEveryWorld(BiConsumer<RowValues, Verdict> law) {
    List<RowValues> rows = rows();
    for (Verdict verdict : VERDICTS) {
      rows.forEach(row -> law.accept(row, verdict));
    }
  }

  private static void check(boolean holds, RowValues row, Verdict verdict) {
    if (!holds) {
      assertThat(holds).as("%s with %s", row, verdict).isTrue();
    }
  }

  private static List<RowValues> rows() {
    List<RowValues> rows = new ArrayList<>();
    for (@Nullable Integer oldPriority : new @Nullable Integer[] {null, 75}) {
      for (String listing :
          List.of("", "a.example", "b.example", "a.example,b.example", "c.example,gone.example")) {
        rows.add(new RowValues(50, oldPriority, listing, null));
      }
    }
    rows.add(new RowValues(null, null, null, null));
    rows.add(new RowValues(0, 75, null, null)); // throttled, and its list was emptied (R6a)
    rows.add(new RowValues(0, null, null, null));
    return rows;
  }

  private static List<Verdict> verdicts() {
    List<Verdict> verdicts = new ArrayList<>();
    for (List<Integer> weights : triples(WEIGHTS)) {
      if (weights.stream().noneMatch(weight -> weight > 0)) {
        continue; // no configuration: R15
      }
      List<Zone> zones = ZoneList.parse(specs(weights));
      for (List<String> answers : triples(ANSWERS)) {
        SortedMap<Zone, LookupResult> results = new TreeMap<>();
        for (int i = 0; i < 3; i++) {
          results.put(zones.get(i), Worlds.result(zones.get(i), answers.get(i)));
        }
        for (int threshold = 1; threshold <= 4; threshold++) {
          verdicts.add(new Verdict(results, threshold, false));
        }
      }
    }
    return verdicts;
  }

  private static String specs(List<Integer> weights) {
    List<String> specs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      specs.add(NAMES.get(i) + "*" + weights.get(i));
    }
    return String.join(",", specs);
  }

  private static <T> List<List<T>> triples(List<T> values) {
    List<List<T>> triples = new ArrayList<>();
    for (T first : values) {
      for (T second : values) {
        for (T third : values) {
          triples.add(List.of(first, second, third));
        }
      }
    }
    return triples;
  }
}
