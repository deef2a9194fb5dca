package dnsblmonitor.config;

import java.util.List;

/** The configuration cannot be used: every bad variable with what is wrong, without secrets. */
public final class ConfigurationException extends RuntimeException {

  private static final long serialVersionUID = 1;

  ConfigurationException(List<String> faults) {
    super(String.join("; ", faults));
  }
}
