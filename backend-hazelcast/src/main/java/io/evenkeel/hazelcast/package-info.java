/**
 * The registry on a Hazelcast cluster, as member, lite member or client. The map is a shared
 * memory, not a judge: each node measures leases by its own monotonic clock, and a write that
 * displaced something of a higher rank puts it back, so neither expiry nor clocks nor a split brain
 * decides who lives. No code of ours has to be on the members, and nothing is Java-serialized.
 *
 * <p>Hazelcast's Community edition has neither TLS nor authentication: whoever reaches its port
 * owns the registry. Start from {@link io.evenkeel.hazelcast.HazelcastServiceRegistry}.
 */
@NullMarked
package io.evenkeel.hazelcast;

import org.jspecify.annotations.NullMarked;
