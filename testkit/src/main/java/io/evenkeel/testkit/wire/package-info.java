/**
 * Makes the network and the instances misbehave, for tests over real sockets on loopback. Put a
 * {@link io.evenkeel.testkit.wire.FaultProxy} in front of anything that speaks TCP; let a {@link
 * io.evenkeel.testkit.wire.FakeCluster} be the HTTP instances of a service.
 *
 * <p>And what goes over the wire when nothing misbehaves: the conversations of the dialects, as
 * files that clients and servers are tested against, in the format that {@link
 * io.evenkeel.testkit.wire.Golden} describes; {@link io.evenkeel.testkit.wire.RealConsul} is the
 * one server of them that a machine may have.
 */
@NullMarked
package io.evenkeel.testkit.wire;

import org.jspecify.annotations.NullMarked;
