@NullMarked
package dnsblmonitor.metrics;

import org.jspecify.annotations.NullMarked;
