/**
 * The web interface of {@code serve}: the health check and the web pages, which show the table and
 * the history or, without one, the last runs of this server. They make no decisions. A servlet also
 * provides the context in which the schedule starts runs. The server of a single run has no
 * MicroProfile Health and does not use these beans.
 */
@NullMarked
package dnsblmonitor.web;

import org.jspecify.annotations.NullMarked;
