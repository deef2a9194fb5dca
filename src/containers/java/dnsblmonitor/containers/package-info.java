/**
 * What needs a container engine: {@code mvn -Pcontainers verify} (CONTRIBUTING). The engine, and
 * the servers that Testcontainers starts in it.
 */
@NullMarked
package dnsblmonitor.containers;

import org.jspecify.annotations.NullMarked;
