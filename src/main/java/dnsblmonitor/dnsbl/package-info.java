/**
 * The DNS engine, which implements the port {@link dnsblmonitor.domain.ZoneLookup}: many concurrent
 * queries, a window per zone, strict time-outs. It uses dnsjava for names and messages; no other
 * package does. This package knows nothing about rows, tickets or configuration sources.
 *
 * <p>A lookup passes through {@code DnsblLookups} (the entry point) -> {@code ZoneWindow} (whether
 * and when: slots, rate, breaker, probe) -> {@code Lookup} (A, then TXT) -> {@code Question} (its
 * tries) -> {@code Resolvers}, {@code Upstream} (which resolver) -> {@code UdpTransport}, {@code
 * TcpTransport} (shared sockets behind dnsjava's {@code IoClientFactory}).
 *
 * <p>One thread, the {@code Loop}, owns all state here; other threads submit tasks to it. It sets
 * no timers: while work is in progress, it checks every few milliseconds what is due.
 *
 * <p>A zone's query name can contain a customer's key (R16, R32): nothing here logs, and no message
 * contains {@link dnsblmonitor.domain.Zone#queryName()}. dnsjava logs names at DEBUG and TRACE, so
 * SLF4J has no binding, and its {@code WireParseException}s contain them: never show the messages
 * of its exceptions.
 */
@NullMarked
package dnsblmonitor.dnsbl;

import org.jspecify.annotations.NullMarked;
