/**
 * What runs leave for people to read: the last runs of this process, and what the latest full one
 * found. A run writes it once, at its end; nothing is decided from it.
 */
@NullMarked
package dnsblmonitor.history;

import org.jspecify.annotations.NullMarked;
