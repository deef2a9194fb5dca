package dnsblmonitor.config;

import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** What the process was given: the environment, as MicroProfile Config sees it. */
public final class Environment {

  private final Config config;

  Environment(Config config) {
    this.config = config;
  }

  /** That of this process. */
  public static Environment ofThisProcess() {
    return new Environment(ConfigProvider.getConfig());
  }

  /**
   * The validated settings.
   *
   * @throws ConfigurationException names every variable that is missing or wrong
   */
  public Settings settings() {
    return SettingsReader.read(config);
  }

  /** A variable that is no setting: Liberty's, or one that the launcher handed over. */
  public Optional<String> text(String name) {
    return config.getOptionalValue(name, String.class);
  }
}
