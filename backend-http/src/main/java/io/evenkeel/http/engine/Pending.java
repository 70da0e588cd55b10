package io.evenkeel.http.engine;

import io.vertx.core.Future;

/**
 * A call under way.
 *
 * @param answer completes on a Vert.x context and fails with a {@code RegistryException}
 * @param giveUp ends the call, if it has not ended: its connection is reset and the answer fails
 */
public record Pending(Future<Answer> answer, Runnable giveUp) {}
