/** Tests of what goes to outside targets. */
@NullMarked
package dnsblmonitor.delivery;

import org.jspecify.annotations.NullMarked;
