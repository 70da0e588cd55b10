/**
 * Where traffic may go. {@link io.evenkeel.loadbalancer.routing.Routing} says it, {@link
 * io.evenkeel.loadbalancer.routing.Router} turns it, at every change of the list, into one {@link
 * io.evenkeel.loadbalancer.routing.Route}: groups of endpoints with a share of the traffic and the
 * strategy's picker for each. A pick evaluates none of it, unless the call has a filter of its own.
 */
@NullMarked
package io.evenkeel.loadbalancer.routing;

import org.jspecify.annotations.NullMarked;
