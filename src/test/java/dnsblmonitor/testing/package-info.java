/** What tests and the demo are built from: the outside world on loopback, and fixtures. */
@NullMarked
package dnsblmonitor.testing;

import org.jspecify.annotations.NullMarked;
