package dnsblmonitor.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * A certificate authority that nobody knows, and a server's certificate of it for {@code
 * jira.example} and 127.0.0.1; both made by the JDK's keytool.
 */
public final class TestAuthority {

  /** Of {@link #serverKeystore()}. */
  public static final String KEYSTORE_PASSWORD = "canary-keystore";

  private final Path keys;
  private final Path pem;

  private final String algorithm;

  private TestAuthority(Path folder, String algorithm) {
    this.algorithm = algorithm;
    keys = folder.resolve("keys.p12");
    pem = folder.resolve("authority.pem");
    keys.toFile().deleteOnExit();
    pem.toFile().deleteOnExit();
  }

  /** Keeps its files in a folder of its own until the JVM ends. */
  public static TestAuthority create() {
    return create("EC");
  }

  /** For servers with GnuTLS, which cannot read the EC keys that keytool makes. */
  public static TestAuthority createRsa() {
    return create("RSA");
  }

  private static TestAuthority create(String algorithm) {
    TestAuthority made = new TestAuthority(newFolder(), algorithm);
    made.key("authority", "CN=Test authority", "-ext", "bc:critical=ca:true");
    made.key(
        "server",
        "CN=jira.example",
        "-signer",
        "authority",
        "-ext",
        "san=dns:jira.example,ip:127.0.0.1");
    made.keytool("-exportcert", "-alias", "authority", "-rfc", "-file", made.pem.toString());
    return made;
  }

  private static Path newFolder() {
    try {
      Path folder = Files.createTempDirectory("test-authority-");
      folder.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void key(String alias, String name, String... more) {
    List<String> arguments = new ArrayList<>(List.of("-genkeypair", "-alias", alias));
    arguments.addAll(List.of("-dname", name, "-keyalg", algorithm, "-validity", "2"));
    arguments.addAll(List.of(more));
    keytool(arguments.toArray(String[]::new));
  }

  private void keytool(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", keys.toString(), "-storepass", KEYSTORE_PASSWORD));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError("keytool: " + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** Its certificate, as {@code TLS_CA_FILE} wants it. */
  public Path pem() {
    return pem;
  }

  /** The server's certificate, for a server that is no JVM. */
  public Path serverCertificate() {
    try {
      return pem("CERTIFICATE", load().getCertificate("server").getEncoded());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The key that belongs to it. */
  public Path serverKey() {
    try {
      return pem(
          "PRIVATE KEY", load().getKey("server", KEYSTORE_PASSWORD.toCharArray()).getEncoded());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path pem(String kind, byte[] content) throws IOException {
    Path file = keys.resolveSibling(kind.toLowerCase(Locale.ROOT).replace(' ', '-') + ".pem");
    file.toFile().deleteOnExit();
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        file, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, text, kind));
  }

  /** Both in a PKCS12 file. */
  public Path serverKeystore() {
    Path file = keys.resolveSibling("server.p12");
    file.toFile().deleteOnExit();
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore store = load();
      store.deleteEntry("authority");
      store.store(out, KEYSTORE_PASSWORD.toCharArray());
      return file;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Trusts it and nobody else. */
  public KeyStore trustStore() {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      trusted.setCertificateEntry("authority", load().getCertificate("authority"));
      return trusted;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** For a client that takes every certificate. */
  public static SSLContext trustingAll() {
    return trusting(
        new X509ExtendedTrustManager() {
          @Override
          public void checkClientTrusted(X509Certificate[] chain, String type) {}

          @Override
          public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

          @Override
          public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String type) {}

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

          @Override
          public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
          }
        });
  }

  /** For a client that trusts it and nobody else. */
  public SSLContext trusting() {
    try {
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trustStore());
      return trusting(managers.getTrustManagers());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SSLContext trusting(TrustManager... managers) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Shows the server's certificate. */
  SSLContext server() {
    try {
      KeyStore server = load();
      server.deleteEntry("authority");
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(server, KEYSTORE_PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyStore load() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(keys)) {
      store.load(file, KEYSTORE_PASSWORD.toCharArray());
    }
    return store;
  }
}
