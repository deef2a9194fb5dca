package dnsblmonitor.launch;

import dnsblmonitor.config.ServeUser;
import dnsblmonitor.domain.Secret;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * What Liberty must read of users and keys, in a folder that only this user may enter, made anew at
 * each start and removed at the end. Passwords stand there as hashes, and the file of the key has
 * another password than the one that was given, good for nothing else: what server.xml takes from a
 * variable, Liberty writes into its work area, which may outlive the server.
 */
final class SecurityFolder implements AutoCloseable {

  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final int PASSWORD_BITS = 256;

  private final Path path;

  private SecurityFolder(Path path) {
    this.path = path;
  }

  /** The one below {@code serverOutput}, where server.xml includes {@code security.xml} from. */
  static SecurityFolder below(Path serverOutput) {
    return new SecurityFolder(serverOutput.resolve("security"));
  }

  /**
   * Makes it anew.
   *
   * @param key empty: one is made, with a certificate that it signs itself
   * @param includes names of configuration of the server that is not always read
   * @throws IOException where it cannot be written, or no certificate be made
   */
  void fill(List<ServeUser> users, Optional<PrivateKeyEntry> key, List<String> includes)
      throws IOException, InterruptedException {
    WorkFolder.delete(path); // one that was left by a server that was killed
    Files.createDirectories(path.toAbsolutePath().getParent());
    Files.createDirectory(path, PRIVATE);
    Secret password =
        new Secret(new BigInteger(PASSWORD_BITS, new SecureRandom()).toString(Character.MAX_RADIX));
    keyFile(password).write(key);
    Files.writeString(
        path.resolve("security.xml"), new SecurityConfiguration(users, password, includes).xml());
  }

  private KeyFile keyFile(Secret password) {
    return new KeyFile(path.resolve(SecurityConfiguration.KEY_FILE), password);
  }

  @Override
  public void close() {
    WorkFolder.delete(path); // at a signal two threads do this
  }
}
