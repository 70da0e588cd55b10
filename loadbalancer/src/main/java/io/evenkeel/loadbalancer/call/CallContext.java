package io.evenkeel.loadbalancer.call;

import io.evenkeel.time.Scheduler;
import java.util.random.RandomGenerator;

/**
 * What calls run on.
 *
 * @param scheduler for timeouts and backoff
 * @param random varies the backoff
 */
public record CallContext(Scheduler scheduler, RandomGenerator random) {}
