/** The environment, read: every variable's default, bounds and nonsense. */
@NullMarked
package dnsblmonitor.config;

import org.jspecify.annotations.NullMarked;
