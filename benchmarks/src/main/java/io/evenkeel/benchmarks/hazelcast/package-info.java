/**
 * Counted experiments on the registry over Hazelcast, with members in JVMs of their own on
 * loopback, or in network namespaces. Start one with {@code mvn -q -Pbench
 * -Dbench.main=hazelcast.MemberLoss}; each ends by itself and prints a line of figures per case.
 */
@NullMarked
package io.evenkeel.benchmarks.hazelcast;

import org.jspecify.annotations.NullMarked;
