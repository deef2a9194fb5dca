package dnsblmonitor.config;

import dnsblmonitor.domain.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Reads {@code SERVE_KEYSTORE_FILE}: the key and certificate of {@code serve}. */
final class ServerKey {

  static final String PASSWORD = "SERVE_KEYSTORE_PASSWORD";
  private static final String FILE = "SERVE_KEYSTORE_FILE";

  private final Variables variables;
  private final Clock clock;

  ServerKey(Variables variables, Clock clock) {
    this.variables = variables;
    this.clock = clock;
  }

  /** Empty if no file is given. */
  Optional<PrivateKeyEntry> read(Optional<Secret> password) {
    Optional<String> file = variables.text(FILE);
    if (file.isEmpty()) {
      password.ifPresent(_ -> variables.fault(PASSWORD, "is set without " + FILE));
      return Optional.empty();
    }
    if (password.isEmpty()) {
      variables.fault(PASSWORD, "is required if %s is set".formatted(FILE));
      return Optional.empty();
    }
    return read(file.get(), password.get().reveal().toCharArray());
  }

  private Optional<PrivateKeyEntry> read(String file, char[] password) {
    try (InputStream content = Files.newInputStream(Path.of(file))) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(content, password);
      return onlyKey(file, store, password);
    } catch (IOException e) {
      variables.fault(
          FILE,
          e.getCause() instanceof UnrecoverableKeyException
              ? "'%s' cannot be opened with %s".formatted(file, PASSWORD)
              : "'%s' cannot be read as a PKCS12 keystore".formatted(file));
    } catch (InvalidPathException | GeneralSecurityException e) {
      variables.fault(FILE, "'%s' cannot be read as a PKCS12 keystore".formatted(file));
    }
    return Optional.empty();
  }

  private Optional<PrivateKeyEntry> onlyKey(String file, KeyStore store, char[] password)
      throws GeneralSecurityException {
    List<String> keys = new java.util.ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      if (store.entryInstanceOf(alias, PrivateKeyEntry.class)) {
        keys.add(alias);
      }
    }
    if (keys.size() != 1) {
      variables.fault(
          FILE,
          "'%s' contains %d private keys; exactly one is required".formatted(file, keys.size()));
      return Optional.empty();
    }
    PrivateKeyEntry entry =
        (PrivateKeyEntry) store.getEntry(keys.getFirst(), new PasswordProtection(password));
    refuseExpired(file, entry);
    return Optional.of(entry);
  }

  private void refuseExpired(String file, PrivateKeyEntry entry) {
    if (entry.getCertificate() instanceof X509Certificate certificate
        && certificate.getNotAfter().toInstant().isBefore(clock.instant())) {
      variables.fault(
          FILE,
          "the certificate in '%s' expired at %s"
              .formatted(file, certificate.getNotAfter().toInstant()));
    }
  }
}
