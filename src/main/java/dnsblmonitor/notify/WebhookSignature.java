package dnsblmonitor.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dnsblmonitor.domain.Secret;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of a webhook's body as Standard Webhooks 1.0 defines it (standardwebhooks.com):
 * HMAC-SHA256 of id, time and body.
 */
final class WebhookSignature {

  private static final String ALGORITHM = "HmacSHA256";

  /** Says that the rest of the key is Base64. */
  private static final String PREFIX = "whsec_";

  private WebhookSignature() {}

  /**
   * The headers of the signature.
   *
   * @param id contains no dot
   * @param at when it is sent; receivers refuse what is some minutes old
   */
  static Map<String, String> headers(String id, Instant at, String body, Secret secret) {
    String seconds = String.valueOf(at.getEpochSecond());
    String signed = String.join(".", id, seconds, body);
    return Map.of(
        "webhook-id", id,
        "webhook-timestamp", seconds,
        "webhook-signature", "v1," + hmac(key(secret), signed));
  }

  /**
   * The bytes of the key: after {@code whsec_} in Base64, without this prefix as they are.
   *
   * @throws IllegalArgumentException if that is no Base64; the message contains no part of the key
   */
  static byte[] key(Secret secret) {
    String text = secret.reveal();
    if (!text.startsWith(PREFIX)) {
      return text.getBytes(UTF_8);
    }
    try {
      byte[] key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
      if (key.length > 0) {
        return key;
      }
    } catch (IllegalArgumentException e) {
      // its message quotes a character of the key
    }
    throw new IllegalArgumentException(
        "begins with whsec_, but the rest is not Base64. Generate a key, or use one without whsec_");
  }

  /** The part of the key that must not be shown. */
  static Secret withoutPrefix(Secret secret) {
    String text = secret.reveal();
    return text.startsWith(PREFIX) ? new Secret(text.substring(PREFIX.length())) : secret;
  }

  private static String hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no " + ALGORITHM, e);
    }
  }
}
