package io.evenkeel.server.consul;

import io.evenkeel.server.web.ErrorStyle;
import io.evenkeel.server.web.Reply;
import io.evenkeel.server.web.Request;
import io.evenkeel.server.web.Routes;
import java.util.List;
import java.util.stream.Collectors;

/** Refusals in Consul's words: plain text, and 405 with the methods there are. */
record ConsulErrors(Routes routes) implements ErrorStyle {

  @Override
  public Reply refusal(Request request, int status, String message) {
    if (status == 405) {
      String method = Texts.shown(request.http().method().name());
      return Reply.text(status, "method " + method + " not allowed");
    }
    return Reply.text(status, message);
  }

  @Override
  public String notFound() {
    return "Invalid URL path: not a recognized HTTP API endpoint";
  }

  @Override
  public String allow(List<String> methods) {
    return "OPTIONS,"
        + methods.stream()
            .filter(method -> !method.equals("OPTIONS"))
            .collect(Collectors.joining(","));
  }
}
