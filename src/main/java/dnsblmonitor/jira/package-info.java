/**
 * Jira: finds, files and updates tickets over its REST API, so that nothing is filed or reported
 * twice (R25, R26). Knows neither the rules that decide on a ticket, nor a log (it reports through
 * {@link dnsblmonitor.jira.JiraEvents}), nor where its settings come from.
 */
@NullMarked
package dnsblmonitor.jira;

import org.jspecify.annotations.NullMarked;
