/**
 * What {@code serve} tells over HTTPS of itself: its health. Knows the parties that a run needs,
 * and no run. Its beans are none in the server of a run, which has no MicroProfile Health.
 */
@NullMarked
package dnsblmonitor.web;

import org.jspecify.annotations.NullMarked;
