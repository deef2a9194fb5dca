package dnsblmonitor.report;

/** How important a line is; {@code LOG_LEVEL} names the least that is written. */
public enum LogLevel {
  DEBUG,
  INFO,
  WARNING,
  ERROR
}
