/**
 * The DNS engine behind the port {@link dnsblmonitor.domain.ZoneLookup}: many questions at a time,
 * a window for each zone, time-outs that hold. dnsjava is for names and messages; no other room
 * knows it, and this room knows rows, tickets and configuration sources as little.
 *
 * <p>The way of a lookup: {@code DnsblLookups} (the door) -> {@code ZoneWindow} (whether and when:
 * slots, rate, breaker, probe) -> {@code Lookup} (A, then TXT) -> {@code Question} (its tries) ->
 * {@code Resolvers}, {@code Upstream} (whom to ask) -> {@code UdpTransport}, {@code TcpTransport}
 * (shared sockets behind dnsjava's {@code IoClientFactory}).
 *
 * <p>One thread, the {@code Loop}, owns all state here; whatever comes from another thread is
 * handed to it. It sets no timers: while something is under way it looks every few milliseconds
 * whether its time has come.
 *
 * <p>A zone's query name can be a customer's key (R16, R32): nothing here logs, and no message
 * holds {@link dnsblmonitor.domain.Zone#queryName()}. dnsjava itself logs names at DEBUG and TRACE,
 * which is why SLF4J is bound to nothing, and its {@code WireParseException}s hold them: never show
 * its exceptions' texts.
 */
@NullMarked
package dnsblmonitor.dnsbl;

import org.jspecify.annotations.NullMarked;
