/** gRPC's load balancing policies, as it is measured beside ours. */
@NullMarked
package io.evenkeel.benchmarks.peers.grpc;

import org.jspecify.annotations.NullMarked;
