package io.evenkeel.server.web;

import io.vertx.core.Future;

/**
 * Answers one request. Runs on the event loop and never blocks; a future that fails, like an
 * exception thrown, becomes an answer in the dialect's {@link ErrorStyle}.
 */
@FunctionalInterface
public interface Handler {
  /** The answer. */
  Future<Reply> handle(Request request);
}
