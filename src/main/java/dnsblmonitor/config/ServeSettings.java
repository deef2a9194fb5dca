package dnsblmonitor.config;

import dnsblmonitor.config.ServeUser.Role;
import dnsblmonitor.domain.Secret;
import dnsblmonitor.jobs.JobsDatabase;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * The settings of {@code serve}, besides those of its runs.
 *
 * @param monitor the settings of each run
 * @param httpsHost the address to listen on, {@code *} for all
 * @param httpsPort 1-65535
 * @param users at least one; no two have the same name
 * @param key the server's key and certificate; empty: generated
 * @param keystorePassword the password of the key's file, to be kept out of logs
 * @param jobs the database of the job repository; empty: in memory
 * @param schedule how often a run starts, PT1M-P1D; empty: no schedule
 */
public record ServeSettings(
    Settings monitor,
    String httpsHost,
    int httpsPort,
    List<ServeUser> users,
    Optional<KeyStore.PrivateKeyEntry> key,
    Optional<Secret> keystorePassword,
    Optional<JobsDatabase> jobs,
    Optional<Duration> schedule) {

  /** Wildcard addresses, which a browser cannot open. */
  private static final Set<String> EVERY_ADDRESS = Set.of("*", "0.0.0.0", "::");

  public ServeSettings {
    users = List.copyOf(users);
  }

  /** The page's URL; with localhost if the server listens on all addresses. */
  public String url() {
    String host = EVERY_ADDRESS.contains(httpsHost) ? "localhost" : httpsHost;
    String bracketed = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    return "https://%s:%d/".formatted(bracketed, httpsPort);
  }

  /** The secrets, which must not be shown (R32). */
  public List<Secret> secrets() {
    List<Secret> secrets = new ArrayList<>(monitor.secrets());
    for (ServeUser user : users) {
      secrets.add(user.password());
      secrets.add(user.password().basicCredential(user.name()));
    }
    keystorePassword.ifPresent(secrets::add);
    jobs.map(JobsDatabase::password).ifPresent(secrets::add);
    return secrets;
  }

  /** Names of users, sorted, by role; only roles with users. */
  public SequencedMap<String, List<String>> usersByRole() {
    SequencedMap<String, List<String>> byRole = new LinkedHashMap<>();
    for (Role role : Role.values()) {
      List<String> names =
          users.stream()
              .filter(user -> user.roles().contains(role))
              .map(ServeUser::name)
              .sorted()
              .toList();
      if (!names.isEmpty()) {
        byRole.put(role.word(), names);
      }
    }
    return byRole;
  }
}
