package dnsblmonitor.dnsbl;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.domain.Ipv4Address;
import dnsblmonitor.domain.LookupResult;
import dnsblmonitor.domain.LookupResult.Listed;
import dnsblmonitor.domain.LookupResult.NotListed;
import dnsblmonitor.domain.LookupResult.Unknown;
import dnsblmonitor.domain.UnknownReason;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneLookup.Answered;
import dnsblmonitor.testing.Await;
import dnsblmonitor.testing.FakeDnsServer;
import dnsblmonitor.testing.Stalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** R12, R13: few sockets for many lookups, several resolvers, TCP. */
@Timeout(60)
class ManySocketsTest {

  private static final Zone ZONE = LookupWorld.zone("bl.example");
  private static final List<String> EXAMPLES = List.of("192.0.2.", "198.51.100.", "203.0.113.");
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final long LOOK_EVERY_NANOS = Duration.ofMillis(2).toNanos();

  @Test
  void tenThousandLookupsWithFourThousandInFlightAreAllAnswered() {
    try (FakeDnsServer server = FakeDnsServer.start();
        DnsblLookups lookups = lookups(1000, TIMEOUT, server.address())) {
      List<Zone> zones =
          IntStream.range(0, 5).mapToObj(i -> LookupWorld.zone("bl" + i + ".example")).toList();
      zones.forEach(zone -> server.zone(zone.queryName()).silent());

      List<CompletableFuture<Answered>> pending = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        for (Zone zone : zones) {
          pending.add(lookups.lookup(zone, address(i)));
        }
      }

      // different questions, of which each zone gets 768
      Await.until("thousands are in flight", () -> server.questions().size() > 3_000);
      zones.forEach(zone -> server.zone(zone.queryName()).behaves());

      assertThat(results(pending)).hasSize(10_000).hasOnlyElementsOfType(NotListed.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, false", "1, true", "3, false", "16, true"})
  void engineOpensAtMost64Descriptors(int resolvers, boolean truncates) {
    List<FakeDnsServer> servers = Stream.generate(FakeDnsServer::start).limit(resolvers).toList();
    InetSocketAddress[] addresses =
        servers.stream().map(FakeDnsServer::address).toArray(InetSocketAddress[]::new);
    long before = openDescriptors();
    try (DnsblLookups lookups = lookups(500, TIMEOUT, addresses)) {
      servers.forEach(server -> {
        server.zone("bl.example").delay(Duration.ofMillis(20));
        if (truncates) {
          server.zone("bl.example").truncated();
        }
      });

      List<CompletableFuture<Answered>> pending = lookUp(lookups, 3_000);
      long most = 0;
      int looks = 0;
      while (!pending.stream().allMatch(CompletableFuture::isDone)) {
        long ofServers = connections(servers);
        long open = openDescriptors();
        if (connections(servers) == ofServers) { // else who has which is not known
          most = Math.max(most, open - ofServers);
          looks++;
        }
        LockSupport.parkNanos(LOOK_EVERY_NANOS);
      }

      assertThat(results(pending)).hasOnlyElementsOfType(NotListed.class);
      assertThat(looks).isPositive();
      assertThat(most - before).isLessThanOrEqualTo(64);
    } finally {
      servers.forEach(FakeDnsServer::close);
    }
  }

  private static long connections(List<FakeDnsServer> servers) {
    return servers.stream().mapToLong(FakeDnsServer::openConnections).sum();
  }

  @Test
  void sourcePortsAreRenewedAndTheOldOnesGivenBack() throws IOException {
    UdpTransport.Renewal early = new UdpTransport.Renewal(50, Duration.ofMinutes(1));
    try (RawResolver resolver =
            RawResolver.start((query, reply) -> reply.send(RawResolver.notListed(query)));
        Transport udp = new Transport(resolver.address(), 4, early)) {
      byte[] query = query();
      long before = openDescriptors();

      for (int i = 0; i < 2_000; i++) {
        assertThat(udp.send(query, 1))
            .first()
            .satisfies(answer -> assertThat(answer).succeedsWithin(TIMEOUT));
      }

      assertThat(resolver.clientPorts().size()).isGreaterThan(20);
      assertThat(openDescriptors() - before).isLessThanOrEqualTo(8);
    }
  }

  /** A transport on a loop of its own. */
  private static final class Transport implements AutoCloseable {
    private final UdpTransport[] udp = new UdpTransport[1];
    private final InetSocketAddress resolver;
    private final Loop loop;

    Transport(InetSocketAddress resolver, int size, UdpTransport.Renewal renewal) {
      this.resolver = resolver;
      this.loop =
          new Loop(
              "transport-test",
              now -> {
                udp[0].tick(now);
                return true;
              },
              _ -> udp[0].close());
      udp[0] = new UdpTransport(loop, size, renewal);
      loop.start();
    }

    /** Sends {@code query} so many times, all at once. */
    List<CompletableFuture<byte[]>> send(byte[] query, int times) throws IOException {
      Message message = new Message(query);
      CompletableFuture<List<CompletableFuture<byte[]>>> sent = new CompletableFuture<>();
      loop.execute(() ->
          sent.complete(
              Stream.generate(() ->
                      udp[0].sendAndReceiveUdp(resolver, resolver, message, query, 512, TIMEOUT))
                  .limit(times)
                  .toList()));
      return sent.join();
    }

    @Override
    public void close() {
      loop.close();
    }
  }

  @Test
  void idsArePickedAtRandomAndNeverSharedByTwo() throws IOException {
    List<Integer> ids = new ArrayList<>();
    try (RawResolver silent =
            RawResolver.start((query, _) -> {
              synchronized (ids) {
                ids.add(Packet.id(query));
              }
            });
        Transport udp =
            new Transport(
                silent.address(), 1, new UdpTransport.Renewal(1_000_000, Duration.ofHours(1)))) {
      List<CompletableFuture<byte[]>> answers = udp.send(query(), UdpSocket.MAX_PENDING + 10);

      assertThat(answers.stream().filter(CompletableFuture::isCompletedExceptionally))
          .as("those for which no id was left")
          .hasSize(10);
      Await.until(
          "many of them have come",
          () -> {
            synchronized (ids) {
              return ids.size() > 2_000;
            }
          });
      synchronized (ids) {
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(ids.stream().filter(id -> id > 0x8000).count())
            .isBetween(ids.size() * 2L / 5, ids.size() * 3L / 5);
      }
    }
  }

  @Test
  void deadResolverIsLeftAsideWhileAnotherAnswers() {
    try (FakeDnsServer alive = FakeDnsServer.start();
        RawResolver dead = RawResolver.start((_, _) -> {});
        DnsblLookups lookups = lookups(10, TIMEOUT, dead.address(), alive.address())) {
      assertThat(results(lookUp(lookups, 700))).hasOnlyElementsOfType(NotListed.class);

      Await.until("it was asked", () -> dead.queries() >= Resolvers.SILENCES);
      assertThat(dead.queries()).as("not every other time").isLessThan(60);
    }
  }

  @Test
  void resolverThatIsAsideIsAskedAgainWhenTheOthersAreAsideToo() {
    try (FakeDnsServer first = FakeDnsServer.start();
        FakeDnsServer second = FakeDnsServer.start();
        DnsblLookups lookups =
            lookups(10, Duration.ofSeconds(1), first.address(), second.address())) {
      first.zone("bl.example").silent();
      second.zone("bl.example").silent();
      lookUp(lookups, 7).forEach(pending -> joined(pending));

      first.zone("bl.example").behaves();
      second.zone("bl.example").behaves();

      assertThat(results(lookUp(lookups, 100))).hasOnlyElementsOfType(NotListed.class);
    }
  }

  @Test
  void resolverMayHaveAnIpv6Address() {
    try (RawResolver resolver =
            RawResolver.start("::1", (query, reply) -> reply.send(RawResolver.notListed(query)));
        DnsblLookups lookups = lookups(10, TIMEOUT, resolver.address())) {

      assertThat(results(lookUp(lookups, 10))).hasOnlyElementsOfType(NotListed.class);
      assertThat(lookups.resolvers())
          .containsExactly("[0:0:0:0:0:0:0:1]:" + resolver.address().getPort());
    }
  }

  @Test
  void systemsResolversAreAskedAndNamedWhereNoneAreConfigured() {
    try (DnsblLookups lookups = lookups(10, TIMEOUT)) {
      assertThat(lookups.resolvers()).isNotEmpty().allMatch(name -> name.endsWith(":53"));
    }
  }

  @Test
  void truncatedAnswersOfManyAreAllFetchedOverTcp() {
    try (FakeDnsServer server = FakeDnsServer.start();
        DnsblLookups lookups = lookups(100, TIMEOUT, server.address())) {
      server.zone("bl.example").answers("127.0.0.2").truncated();

      assertThat(results(lookUp(lookups, 300))).hasSize(300).hasOnlyElementsOfType(Listed.class);
    }
  }

  @Test
  void refusedTcpIsANetworkErrorWithinTheTimeOfTheLookup() {
    try (Stalls stalls = Stalls.watched();
        RawResolver truncating = RawResolver.start((query, reply) -> reply.send(truncated(query)));
        DnsblLookups lookups = lookups(10, Duration.ofMillis(600), truncating.address())) {

      Answered answered = joined(lookups.lookup(ZONE, address(1)));

      assertThat(answered.result())
          .isEqualTo(new Unknown(UnknownReason.NETWORK_ERROR, "Connection refused"));
      assertThat(answered.latency()).isLessThan(stalls.added(Duration.ofMillis(1_100)));
    }
  }

  private static byte[] truncated(byte[] query) throws IOException {
    byte[] answer = RawResolver.notListed(query);
    answer[2] |= 0x02;
    answer[3] = 0;
    return answer;
  }

  private static byte[] query() {
    return Message.newQuery(
            Record.newRecord(ZoneQuestions.name(ZONE, address(1)), Type.A, DClass.IN))
        .toWire();
  }

  private static List<CompletableFuture<Answered>> lookUp(DnsblLookups lookups, int addresses) {
    return IntStream.range(0, addresses).mapToObj(i -> lookups.lookup(ZONE, address(i))).toList();
  }

  private static List<LookupResult> results(List<CompletableFuture<Answered>> pending) {
    return pending.stream().map(lookup -> joined(lookup).result()).toList();
  }

  private static Answered joined(CompletableFuture<Answered> pending) {
    return pending.orTimeout(40, TimeUnit.SECONDS).join();
  }

  /** One of all the addresses that are there for examples. */
  private static Ipv4Address address(int index) {
    String network = EXAMPLES.get(index / 256 % EXAMPLES.size());
    return Ipv4Address.of(network + index % 256);
  }

  private static DnsblLookups lookups(
      int window, Duration timeout, InetSocketAddress... resolvers) {
    return new DnsblLookups(new DnsSettings(Arrays.asList(resolvers), timeout, window, 0, false));
  }

  /** Counted where the system tells. */
  private static long openDescriptors() {
    Path open = Path.of("/proc/self/fd");
    Assumptions.assumeTrue(Files.isDirectory(open), "open files are counted on Linux only");
    try (Stream<Path> files = Files.list(open)) {
      return files.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
