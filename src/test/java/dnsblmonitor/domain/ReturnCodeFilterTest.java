package dnsblmonitor.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R15: filters are written as Postfix users write them. R11: none may accept an error code. */
class ReturnCodeFilterTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.2, 127.0.0.2, true",
    "127.0.0.2, 127.0.0.3, false",
    "127.0.0.[2..11], 127.0.0.2, true",
    "127.0.0.[2..11], 127.0.0.11, true",
    "127.0.0.[2..11], 127.0.0.1, false",
    "127.0.0.[2..11], 127.0.0.12, false",
    "127.0.[0..255].[1;4;9], 127.0.77.4, true",
    "127.0.[0..255].[1;4;9], 127.0.77.5, false",
    "127.0.[0..255].[1;4;9], 127.1.77.4, false",
    "127.0.0.[2;10..11], 127.0.0.10, true",
    "127.0.0.[2;10..11], 127.0.0.9, false",
    "127.0.0.1, 127.0.0.1, true",
    "127.[0..254].[0..255].2, 127.254.255.2, true",
  })
  void filterAcceptsWhatItSpells(String filter, String answer, boolean accepted) {
    assertThat(ReturnCodeFilter.parse(filter).accepts(Ipv4Address.of(answer))).isEqualTo(accepted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "127",
        "127.0.0",
        "127.0.0.",
        "127.0.0.2.",
        ".127.0.0.2",
        "127..0.2",
        "127.0.0.2.3",
        "127.0.0.256",
        "127.0.0.[]",
        "127.0.0.[2..]",
        "127.0.0.[..2]",
        "127.0.0.[3..2]",
        "127.0.0.[2;]",
        "127.0.0.[2..256]",
        "127.0.0.[2",
        "127.0.0.2]",
        "127.0.0.2..11",
        "127.0.0.2;3",
        "127.0.0.x",
        "127.0.0.2 ",
        "127.0.0.[2 ..11]",
      })
  void malformedFilterIsRefusedWithItsText(String filter) {
    assertThatThrownBy(() -> ReturnCodeFilter.parse(filter))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("filter '" + filter + "' is not of the form");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.255.255.254",
        "127.255.255.[0..255]",
        "127.[0..255].[0..255].2",
        "[0..255].255.255.1",
        "127.[1;255].[1;255].2"
      })
  void filterThatCouldAcceptAnErrorCodeIsRefused(String filter) {
    assertThatThrownBy(() -> ReturnCodeFilter.parse(filter))
        .hasMessageContaining("accepts 127.255.255.x");
  }

  @Test
  void filtersAreEqualWhenTheyAcceptTheSame() {
    ReturnCodeFilter range = ReturnCodeFilter.parse("127.0.0.[2..4]");

    assertThat(range)
        .isEqualTo(ReturnCodeFilter.parse("127.0.0.[4;2;3]"))
        .hasSameHashCodeAs(ReturnCodeFilter.parse("127.0.0.[4;2;3]"))
        .isNotEqualTo(ReturnCodeFilter.parse("127.0.0.[2..5]"))
        .hasToString("127.0.0.[2..4]");
  }
}
