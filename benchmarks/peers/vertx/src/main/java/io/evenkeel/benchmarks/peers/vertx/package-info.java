/** Vert.x 5's client-side load balancing, as it is measured beside ours. */
@NullMarked
package io.evenkeel.benchmarks.peers.vertx;

import org.jspecify.annotations.NullMarked;
