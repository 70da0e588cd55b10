/** Finagle's balancers, as it is measured beside ours. */
@NullMarked
package io.evenkeel.benchmarks.peers.finagle;

import org.jspecify.annotations.NullMarked;
