/**
 * What a load balancer must offer to be measured beside ours, and the one benchmark that measures
 * all of them alike. It knows the JDK and JMH only, since it stands on the class path of every
 * peer; start at {@link io.evenkeel.benchmarks.peers.contract.Peer}.
 */
@NullMarked
package io.evenkeel.benchmarks.peers.contract;

import org.jspecify.annotations.NullMarked;
