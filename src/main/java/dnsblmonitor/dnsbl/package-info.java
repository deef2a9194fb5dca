/**
 * The DNS engine behind the port {@link dnsblmonitor.domain.ZoneLookup}: many questions at a time,
 * a window for each zone, time-outs that hold. dnsjava is for names, messages and transport; no
 * other room knows it, and this room knows rows, tickets and configuration sources as little.
 *
 * <p>One thread, the loop, owns all state here; whatever comes from another thread is handed to it.
 *
 * <p>A zone's query name can be a customer's key (R16, R32): nothing here logs, and no message
 * holds {@link dnsblmonitor.domain.Zone#queryName()}. dnsjava itself logs names at DEBUG and TRACE,
 * and its {@code WireParseException}s hold them: keep {@code org.xbill} at INFO, never show its
 * exceptions' texts.
 */
@NullMarked
package dnsblmonitor.dnsbl;

import org.jspecify.annotations.NullMarked;
