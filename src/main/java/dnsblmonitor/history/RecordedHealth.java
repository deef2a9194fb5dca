package dnsblmonitor.history;

import dnsblmonitor.domain.ZoneHealth.Status;
import java.time.Duration;

/**
 * The health of a zone in one run, as the history keeps it.
 *
 * @param zone its shown name
 * @param probe the result of the probe, in words
 * @param unknownReasons the reasons of the UNKNOWN lookups with their numbers; empty if there are
 *     none
 * @param median of the latency; zero if nothing was sent
 * @param percentile99 of the latency
 */
public record RecordedHealth(
    String zone,
    Status status,
    String probe,
    long listed,
    long notListed,
    long unknown,
    String unknownReasons,
    Duration median,
    Duration percentile99) {}
