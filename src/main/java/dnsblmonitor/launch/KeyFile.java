package dnsblmonitor.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dnsblmonitor.domain.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
import java.security.KeyStore.PrivateKeyEntry;
import java.util.List;
import java.util.Optional;

/**
 * The PKCS12 file of the server's key: the given one under another password, or a new one with a
 * certificate that it signs itself.
 */
record KeyFile(Path path, Secret password) {

  private static final String ALIAS = "dnsbl-monitor";

  /** What clients take at most of a certificate that they were told to trust. */
  private static final String VALID_DAYS = "825";

  void write(Optional<PrivateKeyEntry> given) throws IOException, InterruptedException {
    if (given.isPresent()) {
      store(given.get());
    } else {
      generate();
    }
  }

  private void store(PrivateKeyEntry key) throws IOException {
    char[] secret = password.reveal().toCharArray();
    try (OutputStream file = Files.newOutputStream(path)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, secret);
      store.setEntry(ALIAS, key, new PasswordProtection(secret));
      store.store(file, secret);
    } catch (GeneralSecurityException e) {
      throw new IOException("the key cannot be stored: " + e.getMessage(), e);
    }
  }

  /** By the JDK's keytool, since the JDK has no API that makes a certificate. */
  private void generate() throws IOException, InterruptedException {
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
      throw new IOException("keytool made no certificate: " + said.strip());
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
}
