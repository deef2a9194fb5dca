/**
 * The optional database for Liberty's job repository in {@code serve}: its address, a check of its
 * tables, and how Liberty gets the password. Only Liberty writes these tables. This package knows
 * nothing about Postal's table, which may be in another database.
 */
@NullMarked
package dnsblmonitor.jobs;

import org.jspecify.annotations.NullMarked;
