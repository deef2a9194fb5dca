package dnsblmonitor.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A password or token. Only {@link #reveal()} returns it; everything else shows stars. */
public final class Secret {

  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  public String reveal() {
    return value;
  }

  /** The HTTP Basic credentials of {@code user} with this password (RFC 7617). */
  public Secret basicCredential(String user) {
    return new Secret(Base64.getEncoder().encodeToString((user + ":" + value).getBytes(UTF_8)));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret secret && secret.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
