/**
 * Counted experiments on registries over HTTP, each against a registry server in a JVM of its own.
 * Start one with {@code mvn -q -Pbench -Dbench.main=registry.HeartbeatLoad}; all traffic is on
 * loopback, and each ends by itself.
 */
@NullMarked
package io.evenkeel.benchmarks.registry;

import org.jspecify.annotations.NullMarked;
