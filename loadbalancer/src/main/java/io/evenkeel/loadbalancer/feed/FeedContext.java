package io.evenkeel.loadbalancer.feed;

import io.evenkeel.time.Scheduler;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * What a feed runs on.
 *
 * @param scheduler for periods and deadlines
 * @param random varies the periods
 * @param diskExecutor reads and writes the copy on disk; it may block
 */
public record FeedContext(Scheduler scheduler, RandomGenerator random, Executor diskExecutor) {}
