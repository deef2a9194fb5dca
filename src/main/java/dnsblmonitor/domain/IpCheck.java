package dnsblmonitor.domain;

import java.time.Duration;

/** One address looked up in all zones; {@code took} is the latency of the slowest. */
public record IpCheck(MonitoredIp ip, Verdict verdict, Duration took) {}
