package dnsblmonitor.launch;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dnsblmonitor.domain.Secret;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password as Liberty's user registry keeps it, {@code {hash}...}: PBKDF2 with a salt, so that no
 * file holds the password itself.
 *
 * <p>Liberty's encoder ({@code com.ibm.websphere.crypto.PasswordUtil}) runs only inside its kernel,
 * and {@code securityUtility} takes the password as an argument, visible to others. So this class
 * writes the format that {@code com.ibm.ws.crypto.util.HashedData} of 26.0.0.5 reads: a version,
 * then fields, each a tag and its content. At login, Liberty compares the stored text with its own
 * encoding, so the fields are in its order, and its default (256 bits) is omitted.
 */
final class HashedPassword {

  private static final String ALGORITHM = "PBKDF2WithHmacSHA512";

  /** OWASP's recommendation for PBKDF2 with HMAC-SHA512 (Password Storage Cheat Sheet). */
  private static final int ITERATIONS = 210_000;

  private static final int DIGEST_BITS = 256;
  private static final int SALT_BYTES = 16;
  private static final int VERSION = 1;
  private static final int TAG_ALGORITHM = 0x10;
  private static final int TAG_ITERATIONS = 0x20;
  private static final int TAG_SALT = 0x30;
  private static final int TAG_DIGEST = 0x40;

  private HashedPassword() {}

  static String of(Secret password) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return prefixed(salt, digest(password, salt));
  }

  /** Matches no password: nobody can log in with it. */
  static String ofNone() {
    byte[] random = new byte[SALT_BYTES + DIGEST_BITS / Byte.SIZE];
    new SecureRandom().nextBytes(random);
    return prefixed(
        Arrays.copyOf(random, SALT_BYTES), Arrays.copyOfRange(random, SALT_BYTES, random.length));
  }

  private static String prefixed(byte[] salt, byte[] digest) {
    return "{hash}" + Base64.getEncoder().encodeToString(encoded(salt, digest));
  }

  private static byte[] digest(Secret password, byte[] salt) {
    PBEKeySpec spec =
        new PBEKeySpec(password.reveal().toCharArray(), salt, ITERATIONS, DIGEST_BITS);
    try {
      return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM does not support " + ALGORITHM, e);
    } finally {
      spec.clearPassword();
    }
  }

  private static byte[] encoded(byte[] salt, byte[] digest) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      field(out, TAG_ALGORITHM, ALGORITHM.getBytes(US_ASCII));
      out.writeByte(TAG_ITERATIONS);
      out.writeInt(ITERATIONS);
      field(out, TAG_SALT, salt);
      field(out, TAG_DIGEST, digest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void field(DataOutputStream out, int tag, byte[] content) throws IOException {
    out.writeByte(tag);
    out.writeInt(content.length);
    out.write(content);
  }
}
