/**
 * What instances say of their own load. {@link io.evenkeel.loadbalancer.load.LoadHeader} is how it
 * travels, {@link io.evenkeel.loadbalancer.load.LoadMeter} is where it comes from on a server, and
 * {@link io.evenkeel.loadbalancer.load.LoadWeights} is what it does to the weights of a client's
 * endpoints, whatever the strategy.
 */
@NullMarked
package io.evenkeel.loadbalancer.load;

import org.jspecify.annotations.NullMarked;
