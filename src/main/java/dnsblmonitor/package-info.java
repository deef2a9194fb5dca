/**
 * Postal DNSBL Monitor. Data flows from a table row through {@code MonitoredIp}, {@code
 * LookupResult}s, {@code Verdict} and {@code Transition} to the row update and a {@code
 * TicketAction}.
 *
 * <ul>
 *   <li>{@code domain}: the rules, free of side effects, and the two ports.
 *   <li>{@code batch}: the Jakarta Batch job of a run.
 *   <li>{@code postal}: Postal's database. {@code dnsbl}: the DNS engine. {@code jira}: Jira.
 *   <li>{@code report}: log events. {@code config}: environment variables and the object graph.
 *   <li>{@code history}: what runs leave for users to read, in a database and in memory. {@code
 *       metrics}: the same for Prometheus. {@code notify}: notifications. {@code delivery}: how
 *       both reach their targets.
 *   <li>{@code launch}: the launcher outside Liberty, the start and end of the job inside it.
 *   <li>{@code ops}: the commands {@code check}, {@code migrate} and {@code restore}, without
 *       Liberty.
 *   <li>{@code jobs}: the optional database for the job repository of {@code serve}.
 *   <li>{@code web}: the health check, the web pages and the JSON API of {@code serve}.
 * </ul>
 */
@NullMarked
package dnsblmonitor;

import org.jspecify.annotations.NullMarked;
