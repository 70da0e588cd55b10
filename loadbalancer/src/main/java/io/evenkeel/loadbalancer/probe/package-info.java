/**
 * Asking instances how loaded they are, beside the requests: {@link
 * io.evenkeel.loadbalancer.probe.Probing} decides who is asked when, a {@link
 * io.evenkeel.loadbalancer.probe.Prober} asks. What they say goes where the reports go that come
 * with answers: to the strategy.
 */
@NullMarked
package io.evenkeel.loadbalancer.probe;

import org.jspecify.annotations.NullMarked;
