package dnsblmonitor.web;

import dnsblmonitor.config.ConfigurationException;
import dnsblmonitor.config.Environment;
import dnsblmonitor.config.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** The settings as a run would read them now: mounted files may change. Safe for any thread. */
@Dependent
class CurrentSettings {

  private final Environment environment;
  private volatile Settings latest;

  /**
   * @throws ConfigurationException where they cannot be used at the first time
   */
  @Inject
  CurrentSettings(Environment environment) {
    this.environment = environment;
    this.latest = environment.settings();
  }

  /** Those before, if a run would be refused for what they are now: that run says why. */
  Settings get() {
    try {
      latest = environment.settings();
    } catch (ConfigurationException e) {
      return latest;
    }
    return latest;
  }
}
