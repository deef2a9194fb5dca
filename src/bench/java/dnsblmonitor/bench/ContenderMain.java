package dnsblmonitor.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** The process of one contender on the JVM: warms up, works, and prints what that took. */
final class ContenderMain {

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  private ContenderMain() {}

  public static void main(String[] arguments) throws Exception {
    Children.endWithParent();
    Task task = Task.of(arguments);
    Work work =
        switch (task.contender()) {
          case ENGINE, SHIPPED -> new EngineWork();
          case STOCK -> new StockWork();
          case BLOCKING -> new BlockingWork();
          case DNSPERF -> throw new IllegalArgumentException("dnsperf is no Java");
        };
    work.run(task.warmingUp(), new Tally());
    System.out.println(measure(work, task).toLine());
    System.exit(0); // dnsjava's threads would stay
  }

  private static Measured measure(Work work, Task task) throws Exception {
    Tally tally = new Tally();
    long allocatedBefore = THREADS.getTotalThreadAllocatedBytes();
    long cpuBefore = SYSTEM.getProcessCpuTime();
    long startNanos = System.nanoTime();
    work.run(task, tally);
    long wallNanos = System.nanoTime() - startNanos;
    long cpuNanos = SYSTEM.getProcessCpuTime() - cpuBefore;
    long allocated = THREADS.getTotalThreadAllocatedBytes() - allocatedBefore;
    if (tally.done() != task.lookups() || tally.wrong() > 0) {
      throw new IllegalStateException(
          "%d of %d lookups done, %d wrong".formatted(tally.done(), task.lookups(), tally.wrong()));
    }
    return new Measured(
        task.lookups(),
        wallNanos,
        cpuNanos,
        allocated,
        Memory.peakKibOf(ProcessHandle.current().pid()),
        tally.falseUnknown());
  }
}
