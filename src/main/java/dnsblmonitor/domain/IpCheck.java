package dnsblmonitor.domain;

import java.time.Duration;

/** One address looked up in all zones. {@code took}: from the first question to the last answer. */
public record IpCheck(MonitoredIp ip, Verdict verdict, Duration took) {}
