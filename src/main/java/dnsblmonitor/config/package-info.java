/**
 * Configuration: the environment, read by MicroProfile Config, all faults at once (R2), and the
 * object graph that is wired from it. The settings records stand beside their users.
 */
@NullMarked
package dnsblmonitor.config;

import org.jspecify.annotations.NullMarked;
