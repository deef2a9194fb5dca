/** Tests of notifications. */
@NullMarked
package dnsblmonitor.notify;

import org.jspecify.annotations.NullMarked;
