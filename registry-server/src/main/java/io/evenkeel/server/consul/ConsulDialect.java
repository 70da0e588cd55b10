package io.evenkeel.server.consul;

import io.evenkeel.server.directory.Directory;
import io.evenkeel.server.directory.Readiness;
import io.evenkeel.server.web.ErrorStyle;
import io.evenkeel.server.web.Handler;
import io.evenkeel.server.web.Listener;
import io.evenkeel.server.web.Refusal;
import io.evenkeel.server.web.Reply;
import io.evenkeel.server.web.Request;
import io.evenkeel.server.web.Routes;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Consul's HTTP API as one agent that is alone in its cluster. What is registered in another
 * dialect is a service here too. Where Consul since 1.0 wants PUT, GET does as well, because
 * Debian's python-consul sends it.
 */
public final class ConsulDialect implements Listener.Dialect {
  private static final String NODE = "evenkeel";

  private final Routes routes = new Routes();

  private ConsulDialect() {}

  /**
   * How many blocking queries there may be.
   *
   * @param perClient of one client address
   * @param all in all
   */
  public record WatchLimits(int perClient, int all) {}

  /** The dialect over a directory, with the address that the node has where a service has none. */
  public static ConsulDialect of(
      Directory directory,
      Readiness readiness,
      String address,
      WatchLimits limits,
      RandomGenerator random) {
    Views views = new Views(new Node(NODE, address, directory.index()));
    Watches watches = new Watches(directory, limits, random);
    ConsulDialect dialect = new ConsulDialect();
    Lists all = new Lists(directory, readiness, views, watches);
    dialect.agent(new AgentServices(all), new AgentHealth(all));
    dialect.checks(new AgentChecks(all, CheckIndex.of(directory)));
    dialect.health(new HealthLists(all));
    dialect.catalog(new Catalog(all));
    return dialect;
  }

  private void agent(AgentServices services, AgentHealth health) {
    on("PUT", "/v1/agent/service/register", services::register);
    on("PUT|GET", "/v1/agent/service/deregister/*id", services::deregister);
    on("PUT|GET", "/v1/agent/service/maintenance/*id", services::maintenance);
    on("GET", "/v1/agent/services", services::all);
    on("GET", "/v1/agent/service/*id", services::one);
    on("GET", "/v1/agent/self", services::self);
    on("GET", "/v1/agent/health/service/id/*id", health::byId);
    on("GET", "/v1/agent/health/service/name/*name", health::byName);
  }

  private void checks(AgentChecks checks) {
    on("PUT", "/v1/agent/check/register", checks::register);
    on("PUT|GET", "/v1/agent/check/deregister/*id", checks::deregister);
    on("PUT|GET", "/v1/agent/check/pass/*id", checks::pass);
    on("PUT|GET", "/v1/agent/check/warn/*id", checks::warn);
    on("PUT|GET", "/v1/agent/check/fail/*id", checks::fail);
    on("PUT", "/v1/agent/check/update/*id", checks::update);
    on("GET", "/v1/agent/checks", checks::all);
  }

  private void health(HealthLists health) {
    on("GET", "/v1/health/service/*service", health::service);
    on("GET", "/v1/health/checks/*service", health::checks);
    on("GET", "/v1/health/node/*node", health::node);
    on("GET", "/v1/health/state/*state", health::state);
  }

  private void catalog(Catalog catalog) {
    on("PUT", "/v1/catalog/register", catalog::register);
    on("PUT", "/v1/catalog/deregister", catalog::deregister);
    on("GET", "/v1/catalog/services", catalog::services);
    on("GET", "/v1/catalog/service/*service", catalog::service);
    on("GET", "/v1/catalog/nodes", catalog::nodes);
    on("GET", "/v1/catalog/datacenters", catalog::datacenters);
    on("GET", "/v1/status/leader", catalog::leader);
    on("GET", "/v1/status/peers", catalog::peers);
  }

  private void on(String methods, String template, Handler handler) {
    routes.on(
        methods,
        template,
        request -> {
          request.path().values().forEach(ConsulDialect::requirePlain);
          return handler.handle(request);
        });
    String allow = allow(Stream.of(methods.split("\\|", -1)));
    routes.on("OPTIONS", template, request -> options(allow));
  }

  private static void requirePlain(String variable) {
    if (!Texts.isPlain(variable)) {
      throw new Refusal(400, "Invalid path: control characters (expected: none)");
    }
  }

  private static Future<Reply> options(String allow) {
    return Future.succeededFuture(Reply.empty(200).with("Allow", allow));
  }

  private static String allow(Stream<String> methods) {
    return "OPTIONS,"
        + methods.filter(method -> !method.equals("OPTIONS")).collect(Collectors.joining(","));
  }

  @Override
  public Routes routes() {
    return routes;
  }

  /** Plain text; who asks for what is not there is told so as newer agents tell it. */
  @Override
  public ErrorStyle style() {
    return (request, status, message) ->
        switch (status) {
          case 405 -> Reply.text(405, "method " + method(request) + " not allowed");
          case 404 ->
              Reply.text(
                  404,
                  message.equals("Not Found")
                      ? "Invalid URL path: not a recognized HTTP API endpoint"
                      : message);
          default -> Reply.text(status, message);
        };
  }

  private static String method(Request request) {
    return Texts.shown(request.http().method().name());
  }

  /** Consul lists OPTIONS first, and without blanks. */
  @Override
  public Reply stamped(Reply reply) {
    Map<String, String> headers = reply.headers();
    return reply.status() == 405 && headers.containsKey("Allow")
        ? reply.with("Allow", allow(List.of(headers.get("Allow").split(",\\s*", -1)).stream()))
        : reply;
  }
}
