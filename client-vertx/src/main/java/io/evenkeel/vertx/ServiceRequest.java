package io.evenkeel.vertx;

import io.evenkeel.loadbalancer.call.Call;
import io.evenkeel.loadbalancer.routing.InstanceFilter;
import io.evenkeel.model.ServiceInstance;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request for a service, before it is known which instance gets it. Immutable, so it can be kept
 * and sent again. Headers, bodies, codecs and the rest belong on the {@code HttpRequest} that
 * {@link #send(Function)} hands out for each attempt.
 */
public final class ServiceRequest {
  private final BalancedWebClient client;
  private final Target target;
  private final Call call;
  private final @Nullable Session session;

  /** What is asked for, of whom. */
  record Target(HttpMethod method, String service, String uri) {}

  ServiceRequest(BalancedWebClient client, Target target, Call call, @Nullable Session session) {
    this.client = client;
    this.target = target;
    this.call = call;
    this.session = session;
  }

  /**
   * Whether an attempt whose outcome is unknown may be repeated; follows from the method unless
   * said. Say false for a body that can be read only once.
   */
  public ServiceRequest idempotent(boolean isIdempotent) {
    return with(call.withIdempotent(isIdempotent));
  }

  /** Bounds one attempt. */
  public ServiceRequest attemptTimeout(Duration timeout) {
    return with(call.withAttemptTimeout(timeout));
  }

  /** Bounds the whole request, waits between attempts included. */
  public ServiceRequest deadline(Duration deadline) {
    return with(call.withDeadline(deadline));
  }

  /** 1..10; 1 never repeats. */
  public ServiceRequest maxAttempts(int attempts) {
    return with(call.withMaxAttempts(attempts));
  }

  /**
   * What requests have in common that belong on one instance; strategies without keys ignore it.
   */
  public ServiceRequest key(String key) {
    return with(call.withKey(key));
  }

  /**
   * Only to the instances that suit, of those the balancer uses; when none does the request fails,
   * unless the filter is a preference.
   */
  public ServiceRequest filter(InstanceFilter filter) {
    return with(call.withFilter(filter));
  }

  /**
   * As part of a user's session, see {@link Stickiness}: to the instance that has answered for it
   * before, or with its key. The session learns from the answer; use it for one request at a time.
   */
  public ServiceRequest session(Session of) {
    return new ServiceRequest(client, target, of.appliedTo(call), of);
  }

  private ServiceRequest with(Call newCall) {
    return new ServiceRequest(client, target, newCall, session);
  }

  /** Sends it without a body. See {@link #send(Function)}. */
  public Future<HttpResponse<Buffer>> send() {
    return send(HttpRequest::send);
  }

  /**
   * Sends it. For each attempt {@code attempt} is called, on the caller's context, with a request
   * bound to the picked instance; it adds what it likes and sends it.
   *
   * <p>An answer of 429 or 5xx, save 501 and 505, counts against the instance and is repeated where
   * that is allowed; the last answer is the result, whatever its status. Expectations on the
   * result, or inside the function, do not change what the instance is judged by, and what fails in
   * the function itself is neither blamed on it nor repeated. Fails with the last attempt's error
   * or with a {@code CallException}. Calls back on the caller's context.
   */
  public <T> Future<HttpResponse<T>> send(
      Function<HttpRequest<Buffer>, Future<HttpResponse<T>>> attempt) {
    return client.send(this, attempt);
  }

  HttpMethod method() {
    return target.method();
  }

  String service() {
    return target.service();
  }

  String uri() {
    return target.uri();
  }

  /** An attempt goes to this instance. */
  void sentTo(ServiceInstance instance) {
    if (session != null) {
      session.sentTo(instance.id());
    }
  }

  Call call() {
    return call;
  }
}
