package dnsblmonitor.dnsbl;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.LookupResult;
import dnsblmonitor.domain.LookupResult.NotListed;
import dnsblmonitor.domain.LookupResult.Unknown;
import dnsblmonitor.domain.UnknownReason;
import dnsblmonitor.domain.Zone;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** R12: a lookup is completed by its own answer or not at all, whatever else arrives. */
@Timeout(60)
class HostilePacketsTest {

  private static final Zone ZONE = LookupWorld.zone("bl.example");
  private static final int HEADER = 12;

  /** Forgeries of the answer "listed", each of which arrives before the true "not listed". */
  enum Forgery {
    OTHER_ID,
    OTHER_NAME,
    OTHER_TYPE,
    OTHER_CLASS,
    QUERY_AND_NO_RESPONSE,
    NO_QUESTION,
    TWO_QUESTIONS,
    QUESTION_CUT_OFF,
    HEADER_ONLY,
    HALF_A_HEADER,
    EMPTY;

    byte[] of(byte[] packet) {
      return switch (this) {
        case OTHER_ID -> with(packet, 1, packet[1] ^ 1);
        case OTHER_NAME -> with(packet, HEADER + 1, '8');
        case OTHER_TYPE -> with(packet, endOfName(packet) + 1, 28);
        case OTHER_CLASS -> with(packet, endOfName(packet) + 3, 3);
        case QUERY_AND_NO_RESPONSE -> with(packet, 2, packet[2] & 0x7f);
        case NO_QUESTION -> with(packet, 5, 0);
        case TWO_QUESTIONS -> with(packet, 5, 2);
        case QUESTION_CUT_OFF -> first(packet, endOfName(packet));
        case HEADER_ONLY -> first(packet, HEADER);
        case HALF_A_HEADER -> first(packet, 6);
        case EMPTY -> first(packet, 0);
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void forgedAnswerIsNotBelieved(Forgery forgery) {
    try (RawResolver resolver =
            RawResolver.start((query, reply) -> {
              reply.send(forgery.of(RawResolver.listed(query)));
              reply.send(RawResolver.notListed(query));
            });
        DnsblLookups lookups = lookups(resolver, Duration.ofSeconds(5))) {

      assertThat(result(lookups)).isEqualTo(new NotListed());
    }
  }

  @ParameterizedTest
  @EnumSource
  void forgedAnswerAloneIsSilence(Forgery forgery) {
    try (RawResolver resolver =
            RawResolver.start((query, reply) -> reply.send(forgery.of(RawResolver.listed(query))));
        DnsblLookups lookups = lookups(resolver, Duration.ofMillis(300))) {

      assertThat(result(lookups))
          .isEqualTo(new Unknown(UnknownReason.TIMEOUT, "no answer within 0.3 s"));
    }
  }

  @Test
  void answerFromAnotherPortIsNotBelieved() {
    try (RawResolver resolver =
            RawResolver.start((query, reply) -> {
              reply.sendFromElsewhere(RawResolver.listed(query));
              reply.send(RawResolver.notListed(query));
            });
        DnsblLookups lookups = lookups(resolver, Duration.ofSeconds(5))) {

      assertThat(result(lookups)).isEqualTo(new NotListed());
    }
  }

  @Test
  void answerInOtherLetterCaseIsTheSame() {
    try (RawResolver resolver =
            RawResolver.start((query, reply) -> {
              byte[] answer = RawResolver.notListed(query);
              for (int i = HEADER; i < endOfName(answer); i++) {
                answer[i] = (byte) Character.toUpperCase(answer[i]);
              }
              reply.send(answer);
            });
        DnsblLookups lookups = lookups(resolver, Duration.ofSeconds(2))) {

      assertThat(result(lookups)).isEqualTo(new NotListed());
    }
  }

  @Test
  void secondAnswerChangesNothing() {
    try (RawResolver resolver =
            RawResolver.start((query, reply) -> {
              reply.send(RawResolver.notListed(query));
              reply.send(RawResolver.listed(query));
            });
        DnsblLookups lookups = lookups(resolver, Duration.ofSeconds(2))) {

      assertThat(IntStream.range(0, 200).mapToObj(_ -> result(lookups)))
          .allSatisfy(result -> assertThat(result).isEqualTo(new NotListed()));
    }
  }

  /**
   * Each query is answered by random and mutated bytes first, and only then by the truth. A mutant
   * counts as an answer where it still has the id and the question, so those are kept from it.
   */
  @Test
  void randomAndMutatedBytesNeitherCompleteNorBreakAnything() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (RawResolver resolver =
            RawResolver.start((query, reply) -> {
              for (int i = 0; i < 20; i++) {
                reply.send(i % 2 == 0 ? noise(random) : mutant(query, random));
              }
              reply.send(RawResolver.notListed(query));
            });
        DnsblLookups lookups = lookups(resolver, Duration.ofSeconds(10))) {

      List<CompletableFuture<LookupResult>> results =
          IntStream.range(0, 2_000).mapToObj(i -> lookup(lookups, i)).toList();

      assertThat(results)
          .as(() -> "seed %d".formatted(seed))
          .allSatisfy(result -> assertThat(result.join()).isEqualTo(new NotListed()));
    }
  }

  /** Bytes behind a true id and question: whatever they are read as, the engine goes on. */
  @Test
  void mutatedAnswersOfTheRightQuestionNeverEscapeAsAnException() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (RawResolver resolver =
            RawResolver.start((query, reply) ->
                reply.send(
                    random.nextInt(3) == 0
                        ? RawResolver.notListed(query)
                        : mutantOfRest(RawResolver.listed(query), random)));
        DnsblLookups lookups = lookups(resolver, Duration.ofSeconds(10))) {

      List<CompletableFuture<LookupResult>> results =
          IntStream.range(0, 2_000).mapToObj(i -> lookup(lookups, i)).toList();

      assertThat(results)
          .as(() -> "seed %d".formatted(seed))
          .allSatisfy(result -> assertThat(result).succeedsWithin(Duration.ofSeconds(30)));
      assertThat(results).anyMatch(result -> result.join().equals(new NotListed()));
    }
  }

  private static byte[] noise(Random random) {
    byte[] bytes = new byte[random.nextInt(600)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** The answer "listed" with some bits flipped, at least one of which in id or question. */
  private static byte[] mutant(byte[] query, Random random) throws IOException {
    byte[] packet = RawResolver.listed(query);
    for (int flips = random.nextInt(4); flips >= 0; flips--) {
      packet[random.nextInt(packet.length)] ^= (byte) (1 << random.nextInt(8));
    }
    byte[] genuine = RawResolver.listed(query);
    packet[0] = (byte) (genuine[0] ^ (1 + random.nextInt(255)));
    return packet;
  }

  private static byte[] mutantOfRest(byte[] packet, Random random) {
    int rest = endOfName(packet) + 5;
    byte[] mutant = random.nextInt(4) == 0 ? first(packet, rest + random.nextInt(16)) : packet;
    for (int flips = random.nextInt(6); flips >= 0; flips--) {
      int at = rest + random.nextInt(packet.length - rest);
      if (at < mutant.length) {
        mutant[at] = (byte) random.nextInt();
      }
    }
    mutant[3] = (byte) random.nextInt();
    mutant[7] = (byte) random.nextInt(4);
    return mutant;
  }

  private static byte[] with(byte[] packet, int index, int value) {
    byte[] changed = packet.clone();
    changed[index] = (byte) value;
    return changed;
  }

  private static byte[] first(byte[] packet, int length) {
    return Arrays.copyOf(packet, Math.min(length, packet.length));
  }

  /** The index of the zero byte that ends the question's name. */
  private static int endOfName(byte[] packet) {
    int at = HEADER;
    while (packet[at] != 0) {
      at += 1 + packet[at];
    }
    return at;
  }

  private static LookupResult result(DnsblLookups lookups) {
    return lookup(lookups, 7).join();
  }

  private static CompletableFuture<LookupResult> lookup(DnsblLookups lookups, int index) {
    Ipv4Address address = Ipv4Address.of("203.0.113." + index % 256);
    return lookups
        .lookup(ZONE, address)
        .orTimeout(30, TimeUnit.SECONDS)
        .thenApply(answered -> answered.result());
  }

  private static DnsblLookups lookups(RawResolver resolver, Duration timeout) {
    return new DnsblLookups(new DnsSettings(List.of(resolver.address()), timeout, 100, 0, false));
  }
}
