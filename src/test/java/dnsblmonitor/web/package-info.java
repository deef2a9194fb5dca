@NullMarked
package dnsblmonitor.web;

import org.jspecify.annotations.NullMarked;
