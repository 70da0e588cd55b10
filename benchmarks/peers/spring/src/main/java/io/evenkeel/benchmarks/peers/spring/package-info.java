/** Spring Cloud LoadBalancer, as it is measured beside ours. */
@NullMarked
package io.evenkeel.benchmarks.peers.spring;

import org.jspecify.annotations.NullMarked;
