/**
 * Balancing one service, without a transport. Start from {@link
 * io.evenkeel.loadbalancer.Balancer#forService}: it joins a feed, a rotation, a strategy and calls.
 */
@NullMarked
package io.evenkeel.loadbalancer;

import org.jspecify.annotations.NullMarked;
