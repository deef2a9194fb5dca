/**
 * What runs leave for users to read: the history database, if there is one (R36), and in memory the
 * last runs of this process and what the latest full run found. Each run writes them once, at its
 * end; no decision depends on them.
 */
@NullMarked
package dnsblmonitor.history;

import org.jspecify.annotations.NullMarked;
