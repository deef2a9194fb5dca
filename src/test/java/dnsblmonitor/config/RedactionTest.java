package dnsblmonitor.config;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;

/** R32: the last net. */
class RedactionTest {

  @Test
  void aKnownSecretIsTakenOutWhereverItStands() {
    Redaction redaction =
        new Redaction(
            List.of(new Secret("canary-one"), new Secret("canary-two"), new Secret("no")));

    assertThat(redaction.of("jdbc:x?password=canary-one&y=canary-two, no canary-three"))
        .isEqualTo("jdbc:x?password=***&y=***, no canary-three");
  }
}
