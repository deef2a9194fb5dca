package dnsblmonitor.postal;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.IpCheck;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.LookupResult;
import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.LookupResult.NotListed;
import dnsblmonitor.domain.LookupResult.Unknown;
import dnsblmonitor.domain.Transition.Unchanged;
import dnsblmonitor.domain.TransitionRules;
import dnsblmonitor.domain.UnknownReason;
import dnsblmonitor.domain.Verdict;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneList;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * R6a, R18-R22: runs go on while Postal's UI edits the same rows some thousand times; on each kind
 * of database (R9). A {@link RowJournal}, which triggers write, tells what really happened.
 */
interface RailsBesideUsContract extends OnPostalTable {

  int LISTED = 0;
  int FALLBACK = 50;
  int ACTIONS = 3000;
  int RUNS = 60;
  TransitionRules RULES = new TransitionRules(LISTED, FALLBACK, Duration.ZERO);
  List<Zone> ZONES = ZoneList.parse("zen.example,bl.example");

  @Test
  default void noEditIsLostAndNoPriorityForgotten() throws Exception {
    RowJournal.keep(database());
    long seed = Long.getLong("rails.seed", System.nanoTime());
    PostalUi ui = new PostalUi(database(), new Random(seed));
    ui.fill(20);
    Random lists = new Random(seed + 1);
    ManyRowsContract.Counted counted = new ManyRowsContract.Counted(postal().transactions());
    int chunks = 0;

    AtomicBoolean enough = new AtomicBoolean();
    CompletableFuture<Void> atWork =
        CompletableFuture.runAsync(() -> ui.work(ACTIONS, enough::get));
    while (!atWork.isDone()) {
      chunks += run(counted, lists, List.of("L", "N", "?"));
      enough.set(chunks >= RUNS);
    }
    atWork.get();
    chunks += run(counted, lists, List.of("L", "N"));

    RowJournal found = RowJournal.read(database(), LISTED, FALLBACK);
    assertThat(found.faults()).as("-Drails.seed=%d", seed).isEmpty();
    assertThat(found.writesOfTheMonitor()).isGreaterThan(RUNS);
    assertThat(found.writesOfPeople()).isGreaterThan(ACTIONS / 10);
    assertThat(counted.transactions().get())
        .as("the monitor had somebody in its way")
        .isGreaterThan(chunks);
  }

  /** One run over all rows, each with answers by chance; returns the number of its chunks. */
  private int run(Transactions transactions, Random lists, List<String> answers) {
    List<IpCheck> checks =
        postal().table().page(Long.MIN_VALUE, 1000, Optional.empty()).stream()
            .map(row -> ((TableRow.Valid) row).ip())
            .map(ip -> new IpCheck(ip, List.of(), verdict(lists, answers)))
            .filter(RailsBesideUsContract::changesItsRow)
            .toList();
    if (checks.isEmpty()) {
      return 0;
    }
    changes(transactions).apply(checks);
    return 1;
  }

  private static boolean changesItsRow(IpCheck check) {
    return !(RULES.decide(check.ip().state(), check.verdict()) instanceof Unchanged);
  }

  private static Verdict verdict(Random lists, List<String> answers) {
    SortedMap<Zone, LookupResult> results = new TreeMap<>();
    for (Zone zone : ZONES) {
      results.put(
          zone,
          switch (answers.get(lists.nextInt(answers.size()))) {
            case "L" ->
                new Listed(
                    new TreeSet<>(List.of(Ipv4Address.of("127.0.0.2"))), 1, Optional.empty());
            case "N" -> new NotListed();
            default -> new Unknown(UnknownReason.TIMEOUT, "no answer");
          });
    }
    return new Verdict(results, 1, false);
  }

  private RowChanges changes(Transactions transactions) {
    return new RowChanges(
        transactions,
        TableName.of(database().settings()),
        false,
        Clock.systemUTC(),
        RULES,
        true,
        new RecordedOutcomes());
  }
}
