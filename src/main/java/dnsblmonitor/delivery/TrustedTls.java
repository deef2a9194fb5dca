package dnsblmonitor.delivery;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/** TLS to targets, and why it fails. */
public final class TrustedTls {

  private TrustedTls() {}

  /** TLS that trusts the certificates of a store and no others. */
  public static SSLContext context(KeyStore store) {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no TLS", e);
    }
  }

  /** Why TLS failed, and what to do: the innermost cause says it without names of classes. */
  public static String advice(SSLException failure) {
    String reason =
        Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
            .map(Throwable::getMessage)
            .filter(Objects::nonNull)
            .reduce("", (_, inner) -> inner);
    return "TLS failed: %s. Check the certificate, and TLS_CA_FILE for a private CA"
        .formatted(reason.replaceFirst("\\.$", ""));
  }
}
