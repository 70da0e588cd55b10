/** Dubbo's load balances, as it is measured beside ours. */
@NullMarked
package io.evenkeel.benchmarks.peers.dubbo;

import org.jspecify.annotations.NullMarked;
