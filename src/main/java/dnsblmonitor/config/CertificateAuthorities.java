package dnsblmonitor.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Reads {@code TLS_CA_FILE}: certificates to trust in addition to the JDK's roots. */
final class CertificateAuthorities {

  private static final String NAME = "TLS_CA_FILE";

  private CertificateAuthorities() {}

  /** The JDK's roots and those of the file; empty if no file is given. */
  static Optional<KeyStore> read(Variables variables) {
    Optional<String> file = variables.text(NAME);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream pem = Files.newInputStream(Path.of(file.get()))) {
      Collection<? extends Certificate> given =
          CertificateFactory.getInstance("X.509").generateCertificates(pem);
      if (given.isEmpty()) {
        variables.fault(NAME, "'%s' contains no PEM certificate".formatted(file.get()));
      }
      return Optional.of(withUsualRoots(given));
    } catch (IOException | InvalidPathException e) {
      variables.fault(NAME, "the file '%s' cannot be read".formatted(file.get()));
    } catch (GeneralSecurityException e) {
      variables.fault(NAME, "'%s' is not a file of PEM certificates".formatted(file.get()));
    }
    return Optional.empty();
  }

  private static KeyStore withUsualRoots(Collection<? extends Certificate> given)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int count = 0;
    for (Certificate certificate : given) {
      store.setCertificateEntry("given-" + count++, certificate);
    }
    TrustManagerFactory usual =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    @Nullable KeyStore jdkRoots = null;
    usual.init(jdkRoots);
    for (TrustManager manager : usual.getTrustManagers()) {
      if (manager instanceof X509TrustManager roots) {
        for (X509Certificate root : roots.getAcceptedIssuers()) {
          store.setCertificateEntry("root-" + count++, root);
        }
      }
    }
    return store;
  }
}
