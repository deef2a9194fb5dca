/** README and docs agree with the program: links, commands, events, rules. */
@NullMarked
package dnsblmonitor.docs;

import org.jspecify.annotations.NullMarked;
