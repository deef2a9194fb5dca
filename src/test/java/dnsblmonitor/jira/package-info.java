/** The tests of the room Jira, against a stand-in on loopback. */
@NullMarked
package dnsblmonitor.jira;

import org.jspecify.annotations.NullMarked;
