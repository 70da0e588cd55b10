/** SmallRye Stork's load balancers, as it is measured beside ours. */
@NullMarked
package io.evenkeel.benchmarks.peers.stork;

import org.jspecify.annotations.NullMarked;
