package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.SourceFormat;
import org.junit.jupiter.api.Test;

class FormattingTest {

  @Test
  void allSourcesAreFormattedByGoogleJavaFormat() {
    assertThat(SourceFormat.unformatted())
        .as("rewrite them with: mvn -Pformat test-compile")
        .isEmpty();
  }
}
