package dnsblmonitor.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The CSRF token in every form: a keyed hash of the user's name (OWASP's HMAC token), valid for the
 * lifetime of this process. No session state is kept.
 */
@ApplicationScoped
class CsrfToken {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;

  private final SecretKeySpec key;

  CsrfToken() {
    byte[] random = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(random);
    key = new SecretKeySpec(random, ALGORITHM);
  }

  String of(String user) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(user.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM supports " + ALGORITHM, e);
    }
  }

  /** Whether {@code given} is the token of {@code user}; compares in constant time. */
  boolean isOf(String user, @Nullable String given) {
    return given != null && MessageDigest.isEqual(of(user).getBytes(UTF_8), given.getBytes(UTF_8));
  }
}
