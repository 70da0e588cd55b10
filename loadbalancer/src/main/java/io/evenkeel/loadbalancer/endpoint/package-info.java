/**
 * The live side of a service: endpoints made from the registry's instances, and who of them takes
 * traffic now. {@link io.evenkeel.loadbalancer.endpoint.Rotation} is the cold half and publishes,
 * {@link io.evenkeel.loadbalancer.endpoint.LiveEndpoint} is what the hot half counts on, {@link
 * io.evenkeel.loadbalancer.endpoint.EndpointTable} reconciles one list with the next.
 */
@NullMarked
package io.evenkeel.loadbalancer.endpoint;

import org.jspecify.annotations.NullMarked;
