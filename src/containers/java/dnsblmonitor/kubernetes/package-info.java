/**
 * The folders {@code kubernetes} and {@code examples/kubernetes} as a cluster would take them:
 * built by kubectl, loaded strictly, and held against what this project promises of them. No
 * cluster is needed: {@code mvn -Pcontainers verify} (CONTRIBUTING).
 */
@NullMarked
package dnsblmonitor.kubernetes;

import org.jspecify.annotations.NullMarked;
