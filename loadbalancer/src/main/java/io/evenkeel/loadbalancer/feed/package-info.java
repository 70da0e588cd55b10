/**
 * Brings a service's list from a registry to a balancer and keeps it good while the registry is
 * not: {@link io.evenkeel.loadbalancer.feed.SnapshotFeed} watches or polls, holds the last good
 * list, doubts mass removals ({@code MassRemovalGuard}) and keeps a copy on disk ({@code
 * SnapshotFile}). {@link io.evenkeel.loadbalancer.feed.FeedOptions} holds the numbers.
 */
@NullMarked
package io.evenkeel.loadbalancer.feed;

import org.jspecify.annotations.NullMarked;
