/**
 * Postal DNSBL Monitor: a row's way through the rooms is row, {@code MonitoredIp}, {@code
 * LookupResult}s, {@code Verdict}, {@code Transition}, row update, {@code TicketAction}.
 *
 * <ul>
 *   <li>{@code domain}: the rules, pure, and the two ports.
 *   <li>{@code batch}: the Jakarta Batch job that walks the way in order.
 *   <li>{@code postal}: Postal's database. {@code dnsbl}: the DNS engine. {@code jira}: Jira.
 *   <li>{@code report}: what a run tells. {@code config}: the environment read, the parts wired.
 *   <li>{@code history}: what runs leave for people to read.
 *   <li>{@code launch}: the preflight beside Liberty, the start and end of the job inside it.
 *   <li>{@code ops}: the commands {@code check} and {@code migrate}, plain mains without Liberty.
 *   <li>{@code jobs}: the database in which {@code serve} may keep the job repository.
 *   <li>{@code web}: the health and the page of {@code serve}, over HTTPS.
 * </ul>
 */
@NullMarked
package dnsblmonitor;

import org.jspecify.annotations.NullMarked;
