package dnsblmonitor.ops;

import static java.util.stream.Collectors.joining;

import dnsblmonitor.dnsbl.DnsSettings;
import dnsblmonitor.dnsbl.DnsblLookups;
import dnsblmonitor.domain.Finding;
import dnsblmonitor.domain.Finding.Fails;
import dnsblmonitor.domain.Finding.Holds;
import dnsblmonitor.domain.Finding.Warns;
import dnsblmonitor.domain.LookupResult;
import dnsblmonitor.domain.LookupResult.Unknown;
import dnsblmonitor.domain.TestEntries;
import dnsblmonitor.domain.UnknownReason;
import dnsblmonitor.domain.Zone;
import dnsblmonitor.domain.ZoneLookup.Answered;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Queries each resolver separately for a test entry of every zone: otherwise a dead one would go
 * unnoticed as long as others answer.
 */
final class ResolverCheck {

  private final DnsSettings settings;
  private final List<Zone> zones;

  ResolverCheck(DnsSettings settings, List<Zone> zones) {
    this.settings = settings;
    this.zones = zones;
  }

  List<Finding> findings() {
    List<CompletableFuture<Finding>> findings =
        DnsblLookups.resolversOf(settings).stream().map(this::finding).toList();
    return findings.stream().map(CompletableFuture::join).toList();
  }

  private CompletableFuture<Finding> finding(InetSocketAddress resolver) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (DnsblLookups lookups = new DnsblLookups(asking(resolver))) {
            List<CompletableFuture<Answered>> answers =
                zones.stream()
                    .map(zone -> lookups.lookup(zone, TestEntries.IPV4.listed()))
                    .toList();
            List<LookupResult> results =
                answers.stream().map(answer -> answer.join().result()).toList();
            return judge(resolver, lookups.resolvers().getFirst(), results);
          }
        },
        Thread::startVirtualThread);
  }

  private DnsSettings asking(InetSocketAddress resolver) {
    return new DnsSettings(
        List.of(resolver),
        settings.timeout(),
        settings.concurrencyPerZone(),
        settings.ratePerZone(),
        settings.ipv6());
  }

  Finding judge(InetSocketAddress resolver, String name, List<LookupResult> results) {
    String tried = "resolver " + name;
    String whose =
        settings.resolvers().isEmpty() ? "; from the system, since DNS_RESOLVERS is not set" : "";
    List<Unknown> unserved =
        results.stream()
            .filter(Unknown.class::isInstance)
            .map(Unknown.class::cast)
            .filter(unknown -> isNoService(unknown.reason()))
            .toList();
    if (unserved.size() == results.size()) {
      return new Fails(
          tried,
          "no answer for any zone (%s)%s. Check that it is running, that it accepts queries from this host, and that no firewall blocks UDP or TCP"
              .formatted(messages(unserved), whose));
    }
    String answered =
        "answers for %d of %d zones".formatted(results.size() - unserved.size(), zones.size());
    return PublicResolvers.nameOf(resolver.getAddress())
        .<Finding>map(owner ->
            new Warns(
                tried,
                "%s%s; but it is %s, a public resolver, which many lists refuse. Set DNS_RESOLVERS to a resolver of your own"
                    .formatted(answered, whose, owner)))
        .orElseGet(() -> new Holds(tried, answered + whose));
  }

  private static boolean isNoService(UnknownReason reason) {
    return reason.isSilence() || reason == UnknownReason.REFUSED;
  }

  private static String messages(List<Unknown> unknowns) {
    return unknowns.stream().map(Unknown::message).distinct().sorted().collect(joining(", "));
  }
}
