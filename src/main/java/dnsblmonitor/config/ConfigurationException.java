package dnsblmonitor.config;

import java.util.ArrayList;
import java.util.List;

/** The configuration is invalid; lists the fault of each variable, without secrets. */
public final class ConfigurationException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final ArrayList<String> faults;

  ConfigurationException(List<String> faults) {
    super(String.join("; ", faults));
    this.faults = new ArrayList<>(faults);
  }

  /** Each as {@code <variable>: <what is wrong>}. */
  public List<String> faults() {
    return List.copyOf(faults);
  }
}
