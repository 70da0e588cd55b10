/**
 * Makes the network and the instances misbehave, for tests over real sockets on loopback. Put a
 * {@link io.evenkeel.testkit.wire.FaultProxy} in front of anything that speaks TCP; let a {@link
 * io.evenkeel.testkit.wire.FakeCluster} be the HTTP instances of a service.
 */
@NullMarked
package io.evenkeel.testkit.wire;

import org.jspecify.annotations.NullMarked;
