package dnsblmonitor.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R32: the last net. */
class RedactionTest {

  private static final Secret TOKEN = new Secret("can\"ary\\to%ken ü/1");

  private final Redaction redaction =
      new Redaction(
          List.of(TOKEN, TOKEN.basicCredential("bot@example.com"), new Secret("canary-two")));

  static Stream<String> forms() {
    String raw = TOKEN.reveal();
    String form = URLEncoder.encode(raw, UTF_8);
    String json = raw.replace("\\", "\\\\").replace("\"", "\\\"");
    return Stream.of(
        raw,
        form,
        form.replace("+", "%20"),
        form.replace("+", "%20").toLowerCase(java.util.Locale.ROOT),
        raw.replace("%", "%25").replace(" ", "%20"), // as people write it into a URL
        json,
        json.replace("/", "\\/").replace("ü", "\\u00fc"),
        json.replace("ü", "\\u00FC").replace("\"", "\\u0022"),
        json.replace("\\", "\\\\").replace("\"", "\\\""), // JSON in JSON
        Base64.getEncoder().encodeToString(("bot@example.com:" + raw).getBytes(UTF_8)));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void aSecretIsFoundInEveryForm(String form) {
    assertThat(redaction.of("before" + form + "after")).isEqualTo("before***after");
  }

  @Test
  void everySecretIsReplacedAndNothingElse() {
    assertThat(redaction.of("jdbc:x?password=canary-two&y=100%, no canary-three \\ canary-two"))
        .isEqualTo("jdbc:x?password=***&y=100%, no canary-three \\ ***");
  }

  @Test
  void aSecretThatHoldsAnotherIsReplacedAsAWhole() {
    assertThat(
            new Redaction(List.of(new Secret("canary"), new Secret("canary-long")))
                .of("canary-long canary"))
        .isEqualTo("*** ***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password=%s&x=y",
        "postgresql://user:%s@db.example.com",
        "user%%3A%s%%40db.example.com",
        "{\"a\":\"%s\"}",
        "a line\\n%s\\tand more",
        "%s"
      })
  void aShortSecretIsReplacedAsAWordOfItsOwn(String around) {
    Redaction shortOne = new Redaction(List.of(new Secret("ab1cd")));

    assertThat(shortOne.of(around.formatted("ab1cd"))).isEqualTo(around.formatted("***"));
  }

  @Test
  void aShortSecretInsideOtherWordsIsLeft() {
    Redaction shortOne = new Redaction(List.of(new Secret("ion"), new Secret("a")));

    assertThat(shortOne.of("a question of an ion")).isEqualTo("a question of an ***");
  }

  @Test
  void anEmptySecretIsNone() {
    assertThat(new Redaction(List.of(new Secret(""))).of("a % text")).isEqualTo("a % text");
  }
}
