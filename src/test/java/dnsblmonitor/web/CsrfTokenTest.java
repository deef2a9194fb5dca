package dnsblmonitor.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CsrfTokenTest {

  private final CsrfToken tokens = new CsrfToken();

  @Test
  void aTokenIsGoodForItsUserOnly() {
    String token = tokens.of("admin");

    assertThat(tokens.isOf("admin", token)).isTrue();
    assertThat(tokens.isOf("submitter", token)).isFalse();
    assertThat(tokens.isOf("admin", token.substring(1))).isFalse();
    assertThat(tokens.isOf("admin", "")).isFalse();
    assertThat(tokens.isOf("admin", null)).isFalse();
  }

  @Test
  void anotherServersTokenIsNone() {
    assertThat(tokens.isOf("admin", new CsrfToken().of("admin"))).isFalse();
  }
}
