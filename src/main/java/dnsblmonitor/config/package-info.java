/**
 * Configuration: the environment, read by MicroProfile Config, and the job parameters of manual
 * runs, all faults at once (R2, R29a); and the object graph that is wired from them. The settings
 * records stand beside their users.
 */
@NullMarked
package dnsblmonitor.config;

import org.jspecify.annotations.NullMarked;
