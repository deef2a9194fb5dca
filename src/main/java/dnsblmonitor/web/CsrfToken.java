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
 * What every form of the page carries, and another site's cannot know: a keyed hash of the user's
 * name (OWASP's HMAC token), good for as long as this process runs. Nothing is kept for a session.
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

  /** Whether {@code given} is that of {@code user}; takes equally long for every wrong one. */
  boolean isOf(String user, @Nullable String given) {
    return given != null && MessageDigest.isEqual(of(user).getBytes(UTF_8), given.getBytes(UTF_8));
  }
}
