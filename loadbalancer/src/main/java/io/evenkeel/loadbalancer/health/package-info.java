/**
 * Decides from the outcomes of ordinary calls which endpoints are left out for a while. {@link
 * io.evenkeel.loadbalancer.health.EndpointHealth} is what one endpoint's outcomes add up to; {@link
 * io.evenkeel.loadbalancer.health.Ejector} rules over all of a balancer's; {@link
 * io.evenkeel.loadbalancer.health.EjectionOptions} holds the numbers.
 */
@NullMarked
package io.evenkeel.loadbalancer.health;

import org.jspecify.annotations.NullMarked;
