package dnsblmonitor.config;

import dnsblmonitor.domain.Secret;
import dnsblmonitor.jobs.JobsDatabase;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;

/**
 * What {@code serve} needs beside the settings of its runs.
 *
 * @param monitor of each run
 * @param httpsHost the address to listen on, {@code *} for all
 * @param httpsPort 1-65535
 * @param users at least one; no two have the same name
 * @param key the server's key and certificate; empty: to be made
 * @param keystorePassword what the key's file was opened with, to be kept out of logs
 * @param jobs where the job repository is; empty: in memory
 */
public record ServeSettings(
    Settings monitor,
    String httpsHost,
    int httpsPort,
    List<ServeUser> users,
    Optional<KeyStore.PrivateKeyEntry> key,
    Optional<Secret> keystorePassword,
    Optional<JobsDatabase> jobs) {

  public ServeSettings {
    users = List.copyOf(users);
  }
}
