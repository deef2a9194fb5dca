package dnsblmonitor.batch;

import dnsblmonitor.domain.Checked;
import dnsblmonitor.domain.CheckingTime;
import dnsblmonitor.domain.Exceptions;
import dnsblmonitor.domain.ExhaustedPools;
import dnsblmonitor.domain.IpCheck;
import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.MassListing;
import dnsblmonitor.domain.MassListingBrake;
import dnsblmonitor.domain.MonitoredIp;
import dnsblmonitor.domain.RunReport;
import dnsblmonitor.domain.RunTotals;
import dnsblmonitor.domain.TableView;
import dnsblmonitor.domain.ZoneHealth;
import dnsblmonitor.history.Phase;
import dnsblmonitor.history.RowChange;
import dnsblmonitor.history.RunAnswers;
import dnsblmonitor.history.RunEnd;
import dnsblmonitor.history.RunEntry;
import dnsblmonitor.history.RunFindings;
import dnsblmonitor.history.RunNumbers;
import dnsblmonitor.history.RunRecord;
import dnsblmonitor.history.RunRecord.StartedBy;
import dnsblmonitor.history.RunResult;
import dnsblmonitor.history.StandingTable;
import dnsblmonitor.postal.RunLock;
import dnsblmonitor.report.FatalError;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One active run: its parts, its results so far, and why it will end. The job's artifacts share it
 * as the job's transient user data. Steps run sequentially; {@link #stop} may be called by any
 * thread.
 */
final class Run {

  /** Above {@link Long#MIN_VALUE}, after which the first page starts. */
  static final long LOWEST_ID = Long.MIN_VALUE + 1;

  private final RunNumbers numbers;
  private final RunParts parts;
  private final RunReport report;
  private final Optional<MassListingBrake> brake;
  private final Exceptions exceptions;
  private final JiraCounts jira;
  private final Optional<StandingTable> standings;
  private final Optional<RunAnswers> answers;
  private final AtomicReference<@Nullable StopReason> stopReason = new AtomicReference<>();
  private final Object waitLock = new Object();
  private @Nullable Thread waitingThread;
  private Optional<RunLock> lock = Optional.empty();
  private Optional<RunWatch> watch = Optional.empty();
  private final AtomicReference<@Nullable FatalError> failure = new AtomicReference<>();
  private Optional<RunLock.Taken> lockTaken = Optional.empty();
  private volatile boolean checkingOver;
  private long firstId = LOWEST_ID;
  private Optional<String> shortage = Optional.empty();
  private long notChecked;
  private final Instant openedAt;
  private Optional<Instant> preparedAt = Optional.empty();
  private Optional<Instant> rowsDoneAt = Optional.empty();
  private Optional<SortedMap<Ipv4Address, SortedSet<String>>> listed = Optional.empty();
  private Optional<ExhaustedPools> exhaustedPools = Optional.empty();
  private boolean begunWithFirstRow;
  private boolean healthReported;

  Run(RunNumbers numbers, RunParts parts) {
    this.numbers = numbers;
    this.parts = parts;
    this.openedAt = parts.clock().instant();
    this.jira = new JiraCounts(parts.dryRun());
    this.exceptions = parts.exceptions().on(parts.startDay());
    this.standings =
        parts.serving()
            ? Optional.of(new StandingTable(parts.scope().configured()))
            : Optional.empty();
    this.answers = parts.targets().isEmpty() ? Optional.empty() : Optional.of(new RunAnswers());
    this.report = new RunReport(parts.scope().zones(), parts.rules());
    this.brake =
        parts.scope().addresses().isPresent()
            ? Optional.empty() // an operator accepts them one at a time
            : Optional.of(new MassListingBrake(parts.rules(), parts.massListingLimit()));
  }

  RunParts parts() {
    return parts;
  }

  /** Its entry in the list of runs. */
  RunEntry entry() {
    return new RunEntry(
        numbers,
        parts.runId(),
        parts.startedAt(),
        parts.dryRun(),
        parts.remark(),
        Optional.empty(),
        Optional.empty());
  }

  /** Its result for display; empty outside {@code serve} and if it processed no row. */
  Optional<RunResult> result(RunEntry ended) {
    RunTotals totals = report.totals();
    return standings
        .filter(_ -> areRowsDone() || totals.rows() > 0)
        .map(table ->
            new RunResult(
                ended,
                isFull(),
                Optional.empty(),
                parts.scope(),
                totals,
                table,
                health(),
                changes(),
                jira.tickets()));
  }

  /** Its record; only with targets. */
  RunRecord record(StartedBy startedBy, RunEnd end) {
    RunTotals totals = report.totals();
    return new RunRecord(
        parts.runId(),
        parts.startedAt(),
        startedBy,
        parts.dryRun(),
        isComplete(),
        end,
        parts.remark(),
        parts.scope(),
        totals,
        jira.created(),
        jira.updated(),
        totals.lookups() > 0 ? health() : List.of(),
        changes(),
        answers.orElseThrow(),
        jira.tickets().orElseGet(TreeMap::new),
        findings(),
        phases(end.at()));
  }

  private RunFindings findings() {
    return new RunFindings(listed, Conditions.of(this), notChecked, exceptions.entries().size());
  }

  private Map<Phase, Duration> phases(Instant end) {
    Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
    phases.put(Phase.START, Duration.between(parts.startedAt(), openedAt));
    phases.put(Phase.PREPARE, Duration.between(openedAt, preparedAt.orElse(end)));
    preparedAt.ifPresent(
        at -> phases.put(Phase.LOOKUPS, Duration.between(at, rowsDoneAt.orElse(end))));
    rowsDoneAt.ifPresent(at -> phases.put(Phase.TICKETS, Duration.between(at, end)));
    return phases;
  }

  private List<RowChange> changes() {
    return report.listedOrChanged().stream().filter(Checked::isChanged).map(RowChange::of).toList();
  }

  /** Adds a checked row. */
  void add(Checked checked) {
    report.add(checked);
    standings.ifPresent(table -> table.add(checked));
    answers.ifPresent(all -> all.add(checked));
  }

  RunReport report() {
    return report;
  }

  /** A chunk's checks without the answers of zones that list too many rows at once (R14a). */
  List<IpCheck> braked(List<IpCheck> chunk) {
    return brake.map(it -> it.apply(chunk, parts.log()::massListing)).orElse(chunk);
  }

  List<MassListing> heldBack() {
    return brake.map(MassListingBrake::heldBack).orElse(List.of());
  }

  JiraCounts jira() {
    return jira;
  }

  /** The table has been checked and the lock acquired: rows may be processed. */
  void prepared() {
    preparedAt = Optional.of(parts.clock().instant());
  }

  /**
   * Not all rows can be checked in time: this run starts in the middle.
   *
   * @param why what is wrong and what to do
   */
  void beginsAt(long id, String why) {
    firstId = id;
    shortage = Optional.of(why);
  }

  /** The exceptions in force on the day on which the run started (R20b). */
  Exceptions exceptions() {
    return exceptions;
  }

  CheckingTime checkingTime() {
    return new CheckingTime(parts.deadline(), parts.zoneRate());
  }

  /** The id at which checking starts; rows below it come last. */
  long firstId() {
    return firstId;
  }

  /**
   * Users who may start jobs by REST can submit their own job definition (Liberty's {@code
   * jobXML}). One without the step that checks the table and acquires the lock must not write (R5).
   */
  void requirePrepared() {
    if (preparedAt.isEmpty()) {
      throw new RunFailedException(
          "the job has no step before this one that acquires the run lock");
    }
  }

  void lockIsHeld(RunLock held) {
    lock = Optional.of(held);
  }

  void lockIsTaken(RunLock.Taken by) {
    lockTaken = Optional.of(by);
  }

  /** Until the run is closed, stops it at its deadline or when {@code stopIsAsked} returns true. */
  void watch(BooleanSupplier stopIsAsked) {
    watch = Optional.of(new RunWatch(this, stopIsAsked));
  }

  /**
   * Ends the checking of rows in time before the deadline (R7b): cancels unanswered lookups; rows
   * whose lookups are answered are still written and get tickets.
   */
  void stopChecking() {
    if (!checkingOver) {
      checkingOver = true;
      parts.lookups().cancelAll();
    }
  }

  boolean isCheckingOver() {
    return checkingOver;
  }

  /** Rows were left for the next run. */
  void leave(long rows) {
    notChecked += rows;
  }

  long notChecked() {
    return notChecked;
  }

  /** Why not all rows can be checked in time. */
  String shortage() {
    return shortage.orElseGet(() ->
        "checking took longer than %s, the time that RUN_DEADLINE=%s leaves for it. Check the zones' health, or raise RUN_DEADLINE"
            .formatted(checkingTime().end(), parts.deadline()));
  }

  /** Stops the run and cancels what it waits for. The first reason counts. */
  void stop(StopReason reason) {
    stopReason.compareAndSet(null, reason);
    try {
      parts.lookups().cancelAll();
    } finally {
      synchronized (waitLock) {
        if (waitingThread != null) {
          waitingThread.interrupt();
        }
      }
    }
  }

  Optional<StopReason> stopReason() {
    return Optional.ofNullable(stopReason.get());
  }

  /** Runs work that may wait for Jira; a stop interrupts it. */
  void interruptibly(Runnable work) {
    synchronized (waitLock) {
      waitingThread = Thread.currentThread();
    }
    try {
      checkNotStopped();
      work.run();
    } finally {
      synchronized (waitLock) {
        waitingThread = null;
        Thread.interrupted(); // the container owns the thread: clear our interrupt
      }
    }
  }

  /** Before tickets are filed, since the lock is otherwise checked only every few seconds (R5). */
  void checkLockHeld() {
    if (lock.isPresent() && !lock.get().isHeld()) {
      stop(StopReason.LOCK_LOST);
    }
    checkNotStopped();
  }

  void checkNotStopped() {
    if (stopReason().isPresent()) {
      throw new RunFailedException("the run is being stopped");
    }
  }

  /**
   * Records why the run fails; the first reason counts. Failures in a run that is being stopped are
   * consequences of the stop.
   */
  void failed(FatalError error) {
    if (stopReason().isEmpty()) {
      failure.compareAndSet(null, error);
    }
  }

  Optional<FatalError> failure() {
    return Optional.ofNullable(failure.get());
  }

  Optional<RunLock.Taken> lockTaken() {
    return lockTaken;
  }

  void rowsAreDone() {
    rowsDoneAt = Optional.of(parts.clock().instant());
  }

  boolean areRowsDone() {
    return rowsDoneAt.isPresent();
  }

  /** False for a restart: an earlier execution checked the rows up to the checkpoint. */
  void beginsWithFirstRow() {
    begunWithFirstRow = true;
  }

  boolean hasBegunWithFirstRow() {
    return begunWithFirstRow;
  }

  /** Whether it has checked every address in every zone and written the results. */
  private boolean isFull() {
    return isComplete() && !parts.dryRun();
  }

  /** Whether it has checked every address in every zone. */
  private boolean isComplete() {
    return areRowsDone() && notChecked == 0 && begunWithFirstRow && !parts.scope().isPart();
  }

  /** All listed rows of the table have been read. */
  void listed(List<MonitoredIp> rows) {
    listed = Optional.of(TableView.zones(rows));
  }

  /** Every address of these pools is listed; unknown until the tickets are brought in line. */
  Optional<ExhaustedPools> exhaustedPools() {
    return exhaustedPools;
  }

  void poolsExhausted(ExhaustedPools pools) {
    exhaustedPools = Optional.of(pools);
  }

  int poolsExhausted() {
    return exhaustedPools.map(pools -> pools.addressesByPool().size()).orElse(0);
  }

  /** The health of every zone so far, including the result of its probe (R33). */
  List<ZoneHealth> health() {
    return report.health(parts.lookups().probes());
  }

  /** Logs each zone's health and an unresponsive resolver, once per run (R13, R33). */
  void reportHealth() {
    if (!healthReported) {
      healthReported = true;
      List<ZoneHealth> health = health();
      health.forEach(zone -> parts.log().zoneHealth(zone, report.protectedBy(zone.zone())));
      if (parts.lookups().resolverFailed() || ZoneHealth.resolverFailed(health)) {
        parts.log().resolverFailure(parts.lookups().resolvers());
      } else if (ZoneHealth.resolverHidesTestEntries(health)) {
        parts.log().resolverHidesTestEntries(parts.lookups().resolvers());
      }
    }
  }

  /** Releases the run's resources. */
  void close() {
    try {
      watch.ifPresent(RunWatch::close);
      parts.lookups().close();
    } finally {
      try {
        parts.desk().close();
      } finally {
        lock.ifPresent(RunLock::close);
      }
    }
  }
}
