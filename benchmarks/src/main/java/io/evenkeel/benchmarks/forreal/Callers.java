package io.evenkeel.benchmarks.forreal;

import io.vertx.core.Future;
import io.vertx.core.http.PoolOptions;

/** The clients of one contender, each with what it learnt by itself. On the clients' event loop. */
interface Callers extends AutoCloseable {
  /** For each server: more than a client ever has in flight there, but descriptors are bounded. */
  PoolOptions POOL = new PoolOptions().setHttp1MaxSize(32).setMaxWaitQueueSize(256);

  /** Sends a GET once, to whom that client chooses; fails after the deadline. */
  Future<Answer> call(int client, String uri);

  @Override
  void close();

  /**
   * What came back.
   *
   * @param status the HTTP status
   * @param server the index of who answered
   */
  record Answer(int status, int server) {}
}
