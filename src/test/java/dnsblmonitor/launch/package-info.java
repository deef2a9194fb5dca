/** What the launcher is made of, tested without a server. */
@NullMarked
package dnsblmonitor.launch;

import org.jspecify.annotations.NullMarked;
