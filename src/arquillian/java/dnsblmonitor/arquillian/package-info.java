/**
 * What Arquillian needs to test the monitor inside Liberty: the server's surroundings, and a
 * deployment that holds the monitor and the tests' fakes.
 */
@NullMarked
package dnsblmonitor.arquillian;

import org.jspecify.annotations.NullMarked;
