/** What a run sends to outside targets when it ends: several at once, within a time limit. */
@NullMarked
package dnsblmonitor.delivery;

import org.jspecify.annotations.NullMarked;
