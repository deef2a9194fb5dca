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
 * The files with users and keys for Liberty, in a folder accessible only to this user, created at
 * each start and removed at the end. Passwords are hashed, and the key file gets a new, random
 * password, because Liberty writes variables used in server.xml into its work area, which may
 * outlive the server.
 */
final class SecurityFolder implements AutoCloseable {

  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final int PASSWORD_BITS = 256;
  private static final String ALIAS = "dnsbl-monitor";

  /** The longest validity that clients accept for a certificate trusted explicitly. */
  private static final String VALID_DAYS = "825";

  private final Path path;

  private SecurityFolder(Path path) {
    this.path = path;
  }

  /** The folder below {@code serverOutput} from which server.xml includes {@code security.xml}. */
  static SecurityFolder below(Path serverOutput) {
    return new SecurityFolder(serverOutput.resolve("security"));
  }

  /**
   * Creates the folder.
   *
   * @param key if empty, a key with a self-signed certificate is generated
   * @param includes names of optional server configuration files
   * @throws IOException if it cannot be written or the certificate cannot be generated
   */
  void fill(List<ServeUser> users, Optional<PrivateKeyEntry> key, List<String> includes)
      throws IOException, InterruptedException {
    WorkFolder.delete(path); // left behind by a killed server
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

  /** Uses keytool, since the JDK has no API to generate a certificate. */
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
    builder.environment().clear(); // not needed by keytool
    builder.environment().put("STORE_PASSWORD", password.reveal());
    Process keytool = builder.redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool created no certificate: " + said.strip());
    }
  }

  /** The host name, if it is valid in a certificate. */
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
    WorkFolder.delete(path); // after a signal, two threads do this
  }
}
