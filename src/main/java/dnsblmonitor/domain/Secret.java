package dnsblmonitor.domain;

/** A password or token: {@link #reveal()} is for the one who must send it, all else sees stars. */
public final class Secret {

  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "***";
  }
}
