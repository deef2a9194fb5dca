package dnsblmonitor.batch;

import dnsblmonitor.domain.Checked;
import dnsblmonitor.domain.CheckingTime;
import dnsblmonitor.domain.Exceptions;
import dnsblmonitor.domain.IpCheck;
import dnsblmonitor.domain.MassListing;
import dnsblmonitor.domain.MassListingBrake;
import dnsblmonitor.domain.RunReport;
import dnsblmonitor.domain.RunTotals;
import dnsblmonitor.domain.ZoneHealth;
import dnsblmonitor.history.RowChange;
import dnsblmonitor.history.RunEntry;
import dnsblmonitor.history.RunNumbers;
import dnsblmonitor.history.RunResult;
import dnsblmonitor.postal.RunLock;
import dnsblmonitor.report.FatalError;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One run under way: its parts, what it has seen, and how it will end. The job's artifacts share it
 * as the job's transient user data. Steps run one after the other; {@link #stop} comes from other
 * threads.
 */
final class Run {

  /** Above {@link Long#MIN_VALUE}, behind which the first page begins. */
  static final long LOWEST_ID = Long.MIN_VALUE + 1;

  private final RunNumbers numbers;
  private final RunParts parts;
  private final RunReport report;
  private final Optional<MassListingBrake> brake;
  private final Exceptions exceptions;
  private final JiraCounts jira;
  private final AtomicReference<@Nullable StopReason> stopReason = new AtomicReference<>();
  private final Object waitLock = new Object();
  private @Nullable Thread waitingThread;
  private Optional<RunLock> lock = Optional.empty();
  private Optional<RunWatch> watch = Optional.empty();
  private final AtomicReference<@Nullable FatalError> failure = new AtomicReference<>();
  private Optional<RunLock.Taken> lockTaken = Optional.empty();
  private boolean prepared;
  private volatile boolean checkingOver;
  private long firstId = LOWEST_ID;
  private Optional<String> shortage = Optional.empty();
  private long notChecked;
  private boolean rowsDone;
  private boolean begunWithFirstRow;
  private boolean healthReported;
  private int poolsExhausted;

  Run(RunNumbers numbers, RunParts parts) {
    this.numbers = numbers;
    this.parts = parts;
    this.jira = new JiraCounts(parts.dryRun());
    this.exceptions = parts.exceptions().on(parts.startDay());
    this.report = new RunReport(parts.scope().zones(), parts.rules());
    this.brake =
        parts.scope().addresses().isPresent()
            ? Optional.empty() // a person accepts them one by one
            : Optional.of(new MassListingBrake(parts.rules(), parts.massListingLimit()));
  }

  RunParts parts() {
    return parts;
  }

  /** It, in the list of runs. */
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

  /**
   * What it found, for people; empty if nobody looks at it afterwards, or it did not get to a row.
   */
  Optional<RunResult> result(RunEntry ended) {
    RunTotals totals = report.totals();
    return parts
        .standings()
        .filter(_ -> rowsDone || totals.rows() > 0)
        .map(standings ->
            new RunResult(
                ended,
                isFull(),
                Optional.empty(),
                parts.scope(),
                totals,
                standings,
                health(),
                report.listedOrChanged().stream()
                    .filter(Checked::isChanged)
                    .map(RowChange::of)
                    .toList(),
                jira.tickets()));
  }

  RunReport report() {
    return report;
  }

  /** A chunk's checks, without the answers of zones that list too many rows at once (R14a). */
  List<IpCheck> braked(List<IpCheck> chunk) {
    return brake.map(it -> it.apply(chunk, parts.log()::massListing)).orElse(chunk);
  }

  List<MassListing> heldBack() {
    return brake.map(MassListingBrake::heldBack).orElse(List.of());
  }

  JiraCounts jira() {
    return jira;
  }

  /** The table was looked at, the lock is taken, and rows may be checked. */
  void prepared() {
    prepared = true;
  }

  /**
   * Not all rows can be checked in time: this run begins in the middle.
   *
   * @param why what is wrong and what to do
   */
  void beginsAt(long id, String why) {
    firstId = id;
    shortage = Optional.of(why);
  }

  /** The exceptions in force on the day on which the run began (R20b). */
  Exceptions exceptions() {
    return exceptions;
  }

  CheckingTime checkingTime() {
    return new CheckingTime(parts.deadline(), parts.zoneRate());
  }

  /** The id from which on rows are checked; those below it come last. */
  long firstId() {
    return firstId;
  }

  /**
   * Whoever may start jobs by REST may send a job of their own making (Liberty's {@code jobXML}):
   * one without the step that takes the lock and looks at the table must not get as far as a write
   * (R5).
   */
  void requirePrepared() {
    if (!prepared) {
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

  /**
   * Has the run stopped at its deadline, or when {@code stopIsAsked} says so, until it is closed.
   */
  void watch(BooleanSupplier stopIsAsked) {
    watch = Optional.of(new RunWatch(this, stopIsAsked));
  }

  /**
   * Ends the checking of rows in time before the deadline (R7b): lookups that are not answered yet
   * are given up, the rows whose lookups are answered are still written and ticketed.
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

  /** Rows were left to the next run. */
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

  /** Cancels what the run waits for. The first reason counts. */
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

  /** Does work that may wait for Jira, so that a stop interrupts it. */
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
        Thread.interrupted(); // the thread is the container's: it must not keep our interrupt
      }
    }
  }

  /** Before tickets are filed: the watch of the lock looks only every few seconds (R5). */
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
   * Remembers why the run fails; the first reason counts. What fails in a run that is being stopped
   * fails because of that.
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
    rowsDone = true;
  }

  boolean areRowsDone() {
    return rowsDone;
  }

  /** Not so in a restart, whose rows up to the checkpoint are those of an earlier execution. */
  void beginsWithFirstRow() {
    begunWithFirstRow = true;
  }

  /** Whether it has checked every address in every zone, and written what it found. */
  private boolean isFull() {
    return rowsDone
        && notChecked == 0
        && begunWithFirstRow
        && !parts.dryRun()
        && !parts.scope().isPart();
  }

  void poolsExhausted(int count) {
    poolsExhausted = count;
  }

  int poolsExhausted() {
    return poolsExhausted;
  }

  /** Every zone's health so far, its probe's result included (R33). */
  List<ZoneHealth> health() {
    return report.health(parts.lookups().probes());
  }

  /** Writes each zone's health, and a silent resolver, once in a run (R13, R33). */
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

  /** Gives back what the run holds. */
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
