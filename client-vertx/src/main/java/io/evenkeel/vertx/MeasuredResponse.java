package io.evenkeel.vertx;

import io.evenkeel.loadbalancer.load.LoadHeader;
import io.evenkeel.loadbalancer.load.LoadMeter;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * A response that gets the load header before its head is written, and is measured until its end. A
 * response has one handler for each of its moments; those the user sets, a router among them, come
 * after these and must not take their place. So they are kept here, and all else goes to the
 * response: a proxy, since it has sixty methods. On the response's context.
 */
final class MeasuredResponse implements InvocationHandler {
  private final HttpServerResponse response;
  private final LoadMeter.Request measured;
  private @Nullable Handler<@Nullable Void> onHead; // the user's
  private @Nullable Handler<@Nullable Void> onEnd;
  private @Nullable Handler<@Nullable Void> onClose;

  private MeasuredResponse(HttpServerResponse response, LoadMeter.Request measured) {
    this.response = response;
    this.measured = measured;
  }

  static HttpServerResponse of(HttpServerResponse response, LoadMeter.Request measured) {
    MeasuredResponse observed = new MeasuredResponse(response, measured);
    response.headersEndHandler(observed::head);
    response.endHandler(observed::end);
    response.closeHandler(observed::close);
    return (HttpServerResponse)
        Proxy.newProxyInstance(
            HttpServerResponse.class.getClassLoader(),
            new Class<?>[] {HttpServerResponse.class},
            observed);
  }

  @Override
  @SuppressWarnings("unchecked") // the handlers' type, as the methods of the response have it
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    Object first = arguments == null || arguments.length == 0 ? null : arguments[0];
    switch (method.getName()) {
      case "headersEndHandler" -> onHead = (Handler<@Nullable Void>) first;
      case "endHandler" -> onEnd = (Handler<@Nullable Void>) first;
      case "closeHandler" -> onClose = (Handler<@Nullable Void>) first;
      default -> {
        return passOn(proxy, method, arguments);
      }
    }
    return proxy;
  }

  private @Nullable Object passOn(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      Object result = method.invoke(response, arguments);
      return result == response ? proxy : result;
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  private void head(Void moment) {
    response.putHeader(LoadHeader.NAME, LoadHeader.write(measured.report()));
    run(onHead);
  }

  private void end(Void moment) {
    conclude();
    run(onEnd);
  }

  private void close(Void moment) {
    conclude();
    run(onClose);
  }

  private void conclude() {
    if (response.ended()) {
      measured.end(response.getStatusCode() >= 500);
    } else {
      measured.giveUp();
    }
  }

  private static void run(@Nullable Handler<@Nullable Void> handler) {
    if (handler != null) {
      handler.handle(null);
    }
  }
}
