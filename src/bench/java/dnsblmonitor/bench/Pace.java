package dnsblmonitor.bench;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Lets the thread that made it start so many lookups ahead of their ends, and no more. */
final class Pace {

  private final Thread starter = Thread.currentThread();
  private final AtomicInteger pending = new AtomicInteger();
  private final int most;

  Pace(int most) {
    this.most = most;
  }

  /** One more is about to start; waits until half of them are over where that is too many. */
  void start() {
    if (pending.incrementAndGet() > most) {
      awaitAtMost(most / 2);
    }
  }

  /** One is over; called by any thread. */
  void end() {
    int left = pending.decrementAndGet();
    if (left == most / 2 || left == 0) {
      LockSupport.unpark(starter);
    }
  }

  void awaitAll() {
    awaitAtMost(0);
  }

  private void awaitAtMost(int left) {
    while (pending.get() > left) {
      LockSupport.park(this);
    }
  }
}
