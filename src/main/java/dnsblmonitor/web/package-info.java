/**
 * The web interface of {@code serve}: the health check and the web page, which shows the table, the
 * last runs and their tickets, and makes no decisions. A servlet also provides the context in which
 * the schedule starts runs. The server of a single run has no MicroProfile Health and does not use
 * these beans.
 */
@NullMarked
package dnsblmonitor.web;

import org.jspecify.annotations.NullMarked;
