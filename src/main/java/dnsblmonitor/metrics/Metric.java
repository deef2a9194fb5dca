package dnsblmonitor.metrics;

import java.util.List;
import java.util.Locale;

/**
 * The metrics of a deployment. All are gauges: a process that makes one run cannot count over runs.
 *
 * @see <a href="https://prometheus.io/docs/practices/naming/">names and units</a>
 */
enum Metric {
  BUILD_INFO(Part.PROGRAM, "Version of the monitor; the value is 1.", "version"),

  RUN_OUTCOME(Part.RUN, "1 for the outcome of the latest run.", "outcome"),
  RUN_END_TIMESTAMP_SECONDS(
      Part.RUN, "When the latest run with this outcome ended, in Unix time.", "outcome"),
  RUN_DURATION_SECONDS(
      Part.RUN, "How long each phase of the latest run took; 0 if it was not reached.", "phase"),
  RUN_ERRORS(
      Part.RUN, "1 with the type of error with which the latest run failed, else 0.", "type"),
  TICKETS_WRITTEN(Part.RUN, "Tickets that the latest run wrote.", "action"),

  ADDRESSES(Part.ADDRESSES, "Addresses by state.", "state"),
  ADDRESSES_DRIFTED(
      Part.ADDRESSES, "Listed addresses whose priority was changed by somebody else."),
  ADDRESSES_PROTECTED(
      Part.ADDRESSES, "Addresses that are clean only because an allowlist did not answer."),
  ADDRESSES_CONFLICTS(
      Part.ADDRESSES, "Rows that were not written because somebody else changed them meanwhile."),
  EXCEPTIONS(Part.ADDRESSES, "Entries of EXCEPTIONS that are in force."),

  LISTING(
      Part.LISTINGS,
      "1 for each address and each blocklist that lists it, and how the listing counts.",
      "address",
      "zone",
      "counts_as"),

  LOOKUPS(Part.LOOKUPS, "Lookups by result.", "zone", "result"),
  LOOKUPS_UNKNOWN(Part.LOOKUPS, "Lookups without a usable answer by reason.", "zone", "reason"),
  ZONE_STATUS(Part.LOOKUPS, "1 for the status of the blocklist.", "zone", "status"),
  ZONE_LATENCY_MEDIAN_SECONDS(
      Part.LOOKUPS, "Median time of a lookup; NaN if none was sent.", "zone"),
  ZONE_LATENCY_P99_SECONDS(
      Part.LOOKUPS, "99th percentile of the time of a lookup; NaN if none was sent.", "zone"),

  MASS_LISTING_HELD_BACK(
      Part.MASS_LISTING, "1 if new listings of the blocklist are held back.", "zone"),
  MALFUNCTION(Part.MALFUNCTION, "1 if too many blocklists gave no usable answer."),
  POOL_EXHAUSTED(Part.POOLS, "1 for each pool in which every address is listed.", "pool");

  private static final String PREFIX = "dnsbl_monitor_";

  private final Part part;
  private final String help;

  @SuppressWarnings("ImmutableEnumChecker") // a copy
  private final List<String> labels;

  Metric(Part part, String help, String... labels) {
    this.part = part;
    this.help = help;
    this.labels = List.of(labels);
  }

  /** Such as {@code dnsbl_monitor_run_outcome}. */
  String fullName() {
    return PREFIX + name().toLowerCase(Locale.ROOT);
  }

  Part part() {
    return part;
  }

  String help() {
    return help;
  }

  /** The names of its labels apart from {@code deployment}, which all have. */
  List<String> labels() {
    return labels;
  }
}
