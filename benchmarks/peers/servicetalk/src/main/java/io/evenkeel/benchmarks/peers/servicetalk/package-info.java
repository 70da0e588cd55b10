/** ServiceTalk's load balancers, as it is measured beside ours. */
@NullMarked
package io.evenkeel.benchmarks.peers.servicetalk;

import org.jspecify.annotations.NullMarked;
