/**
 * One call and its attempts. A {@link io.evenkeel.loadbalancer.call.Call} says what may be done, a
 * {@link io.evenkeel.loadbalancer.call.Attempt} is one try on one endpoint and ends exactly once,
 * {@link io.evenkeel.loadbalancer.call.Calls} runs the attempts of a call until one succeeds or
 * nothing more may be tried. Knows no transport.
 */
@NullMarked
package io.evenkeel.loadbalancer.call;

import org.jspecify.annotations.NullMarked;
