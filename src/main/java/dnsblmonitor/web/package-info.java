/**
 * What {@code serve} tells over HTTPS: its health, and the page for people. The page shows what the
 * table, the last runs and Jira say, and decides nothing. A servlet also gives the schedule of
 * {@code serve} the context in which it starts runs. The beans here are none in the server of a
 * run, which has no MicroProfile Health.
 */
@NullMarked
package dnsblmonitor.web;

import org.jspecify.annotations.NullMarked;
