package dnsblmonitor.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dnsblmonitor.config.ServeUser;
import dnsblmonitor.domain.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
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
  private static final String ALIAS = "dnsbl-monitor";

  /** The longest that clients accept of a certificate that they were told to trust. */
  private static final String VALID_DAYS = "825";

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
    Path keyFile = path.resolve(SecurityConfiguration.KEY_FILE);
    if (key.isPresent()) {
      store(key.get(), keyFile, password);
    } else {
      generate(keyFile, password);
    }
    Files.writeString(
        path.resolve("security.xml"), new SecurityConfiguration(users, password, includes).xml());
  }

  private static void store(PrivateKeyEntry key, Path path, Secret password) throws IOException {
    char[] secret = password.reveal().toCharArray();
    try (OutputStream file = Files.newOutputStream(path)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, secret);
      store.setEntry(ALIAS, key, new PasswordProtection(secret));
      store.store(file, secret);
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot store the key: " + e.getMessage(), e);
    }
  }

  /** By the JDK's keytool, since the JDK has no API that makes a certificate. */
  private static void generate(Path path, Secret password)
      throws IOException, InterruptedException {
    String host = hostName();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-J-XX:TieredStopAtLevel=1",
            "-genkeypair",
            "-alias",
            ALIAS,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-validity",
            VALID_DAYS,
            "-dname",
            "CN=" + host,
            "-ext",
            "san=dns:%s,dns:localhost,ip:127.0.0.1,ip:::1".formatted(host),
            "-storetype",
            "PKCS12",
            "-keystore",
            path.toString(),
            "-storepass:env",
            "STORE_PASSWORD");
    builder.environment().clear(); // no business of its
    builder.environment().put("STORE_PASSWORD", password.reveal());
    Process keytool = builder.redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool created no certificate: " + said.strip());
    }
  }

  /** As far as it can stand in a certificate; else people would have to be told a number. */
  private static String hostName() {
    try {
      String name = InetAddress.getLocalHost().getHostName();
      return List.of("", "localhost").contains(name) || !name.matches("[A-Za-z0-9.-]{1,63}")
          ? ALIAS
          : name;
    } catch (UnknownHostException e) {
      return ALIAS;
    }
  }

  @Override
  public void close() {
    WorkFolder.delete(path); // at a signal two threads do this
  }
}
