package dnsblmonitor.bench;

/** Who is measured. */
enum Contender {
  /** The monitor's DNS engine. */
  ENGINE("engine"),
  /** The same with the distribution's own JVM options, made for a short run: C1 only. */
  SHIPPED("engine as shipped"),
  /** dnsjava's own resolver, asynchronous, with as many lookups in flight. */
  STOCK("stock dnsjava"),
  /** Ten threads that block, one address after the other: how such tools are usually written. */
  BLOCKING("ten blocking threads"),
  /** The limit of server and machine: it asks, counts and forgets. */
  DNSPERF("dnsperf");

  private final String label;

  Contender(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
