package dnsblmonitor.report;

/** The level of a line; {@code LOG_LEVEL} sets the lowest level that is written. */
public enum LogLevel {
  DEBUG,
  INFO,
  WARNING,
  ERROR
}
