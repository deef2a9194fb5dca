package dnsblmonitor.web;

import dnsblmonitor.config.ConfigurationException;
import dnsblmonitor.config.Environment;
import dnsblmonitor.config.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** The settings that a run would use now, since mounted files may change. Thread-safe. */
@Dependent
class CurrentSettings {

  private final Environment environment;
  private volatile Settings latest;

  /**
   * @throws ConfigurationException if the initial settings are invalid
   */
  @Inject
  CurrentSettings(Environment environment) {
    this.environment = environment;
    this.latest = environment.settings();
  }

  /** The previous settings if the current ones are invalid; a run would report the reason. */
  Settings get() {
    try {
      latest = environment.settings();
    } catch (ConfigurationException e) {
      return latest;
    }
    return latest;
  }
}
