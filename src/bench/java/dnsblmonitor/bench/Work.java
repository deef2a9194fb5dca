package dnsblmonitor.bench;

/** One contender's way to make the lookups of a task; returns when all are made. */
@FunctionalInterface
interface Work {

  void run(Task task, Tally tally) throws Exception;
}
