package io.evenkeel.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.request;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.evenkeel.http.engine.HttpUrl;
import io.evenkeel.model.HealthCheck;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.InstanceStatus;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.Renewal;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.testkit.wire.Exchange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plays the client's part of a golden conversation with our client, against a server that answers
 * as the file says. What our client has no call for is passed over.
 */
final class GoldenClient {
  private static final String UUID_FORM = "a3a0e6b3-3671-4f81-9f48-f704024085%02d";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What both sides of a registration must have, where the golden one has it. */
  private static final List<String> NATIVE =
      List.of(
          "/service_name",
          "/service_url",
          "/health_check_url",
          "/service_metadata/instance_id",
          "/service_metadata/status",
          "/base_url",
          "/url",
          "/id",
          "/info/id");

  private static final Pattern DEREGISTER =
      Pattern.compile("POST /api/v1/registry/deregister\\?service_name=(.*)&instance_id=(.*)");
  private static final Pattern REMOVE = Pattern.compile("DELETE /(?:deregister|services)/(.*)");
  private static final Pattern RENEW =
      Pattern.compile("POST /heartbeat/(.*)|PUT /services/(.*)/\\$ping");
  private static final Pattern LIST = Pattern.compile("GET (?:/api/v1/registry)?/services/([^/]*)");
  private static final Pattern SERVICES = Pattern.compile("GET (?:/api/v1/registry)?/services");

  private static final Map<String, InstanceStatus> STATUSES =
      Map.of(
          "unhealthy", InstanceStatus.DOWN,
          "starting", InstanceStatus.STARTING,
          "stopping", InstanceStatus.DRAINING);

  private final StubServer server;
  private final Spoken spoken;
  private final ServiceRegistry registry;
  private final Map<String, String> values = new HashMap<>();
  private final Map<String, InstanceKey> byServerId = new HashMap<>();
  private final Set<String> replayed = new HashSet<>();
  private String asked = "";

  GoldenClient(StubServer server, Spoken spoken) {
    this.server = server;
    this.spoken = spoken;
    this.registry = server.registry(spoken, spoken == Spoken.CONFIG_SERVICE ? "" : "ids=plain");
    values.put("origin", "http://127.0.0.1:" + server.port());
    String form = spoken == Spoken.ORCHESTRATOR ? "01M7YEF2PYV85XYHZBYVBJA8%02d" : UUID_FORM;
    List<String> names = List.of("first", "second", "third", "id", "empty", "again", "nulls", "d");
    names.forEach(name -> values.put(name, form.formatted(names.indexOf(name))));
  }

  /** Which of the registry's methods were called. */
  Set<String> replayed() {
    return replayed;
  }

  void replay(Exchange exchange) {
    String target = exchange.target(values);
    asked = exchange.method() + " " + target;
    String sent = exchange.request().filled(values).body();
    String answer = named(exchange.answer()).filled(values).body();
    server.forget();
    server.answer(okJson(spoken.list()));
    server.answer(
        request(exchange.method(), urlEqualTo(target)).willReturn(answer(exchange, answer)));
    boolean understood = exchange.status() < 300 || exchange.status() == 404;
    if (target.contains("%") || !understood || exchange.answer().body().contains("{{any}}")) {
      return;
    }
    if (target.endsWith("register") && !sent.isEmpty()) {
      register(json(sent), json(answer));
    } else if (!isAboutInstance(exchange.status()) && !answer.isEmpty()) {
      read(exchange.status(), json(answer));
    }
  }

  /** Every id that the file keeps has its own value here, not the one example for all. */
  private static Exchange.Message named(Exchange.Message answer) {
    String body = answer.body().replaceAll("\\{\\{(?:uuid|ulid):(\\w+)\\}\\}", "{{$1}}");
    return new Exchange.Message(answer.headers(), body);
  }

  private static ResponseDefinitionBuilder answer(Exchange exchange, String body) {
    String type = exchange.answer().headers().getOrDefault("Content-Type", "text/plain");
    return aResponse()
        .withStatus(exchange.status())
        .withHeader("Content-Type", type)
        .withBody(body);
  }

  private void register(JsonNode sent, JsonNode answer) {
    String url = text(sent, "/service_url", "/base_url", "/url");
    String id = text(sent, "/service_metadata/instance_id", "/id");
    String serverId = text(answer, "/instance_id", "/id");
    boolean ours = id.isEmpty() ? !sent.has("service_url") : serverId.equals(id) || sent.has("url");
    if (!ours || !url.matches("https?://[^/]*")) {
      return; // we always say who we are, and an instance has no path
    }
    ServiceInstance instance = instance(sent, url, id.isEmpty() ? "n" + byServerId.size() : id);
    Outcomes.get(registry.register(instance, Outcomes.LEASE));
    byServerId.put(serverId, instance.key());
    LoggedRequest request = assertAsked("register");
    JsonNode actual = json(request.getBodyAsString());
    NATIVE.stream()
        .filter(pointer -> !sent.at(pointer).isMissingNode())
        .forEach(pointer -> assertEquals(sent.at(pointer), actual.at(pointer), asked + pointer));
  }

  private static ServiceInstance instance(JsonNode sent, String url, String id) {
    HttpUrl at = HttpUrl.parse(url);
    String service = text(sent, "/service_name", "/info/id");
    ServiceInstance.Builder builder =
        ServiceInstance.builder(service.isEmpty() ? "unnamed" : service, at.host(), at.port());
    String check = text(sent, "/health_check_url");
    String status = text(sent, "/service_metadata/status");
    return builder
        .id(id)
        .scheme(at.scheme())
        .healthCheck(check.isEmpty() ? HealthCheck.none() : HealthCheck.http(check))
        .status(STATUSES.getOrDefault(status, InstanceStatus.UP))
        .build();
  }

  private boolean isAboutInstance(int status) {
    Matcher renew = RENEW.matcher(asked);
    Matcher remove = REMOVE.matcher(asked);
    Matcher deregister = DEREGISTER.matcher(asked);
    if (renew.matches()) {
      renew(renew.group(1) == null ? renew.group(2) : renew.group(1), status != 404);
    } else if (remove.matches()) {
      deregister(key(remove.group(1)), status != 404);
      byServerId.remove(remove.group(1));
    } else if (deregister.matches()) {
      InstanceKey key = new InstanceKey(deregister.group(1), deregister.group(2));
      deregister(key, byServerId.remove(key.id(), key));
    } else {
      return false;
    }
    return true;
  }

  private void renew(String serverId, boolean known) {
    Renewal answer = Outcomes.get(registry.renew(key(serverId), Outcomes.LEASE));
    assertEquals(known ? Renewal.RENEWED : Renewal.UNKNOWN, answer, asked);
    assertAsked("renew");
    if (!known) {
      byServerId.remove(serverId);
    }
  }

  private void deregister(InstanceKey key, boolean existed) {
    boolean answer = Outcomes.get(registry.deregister(key, ServiceRegistry.ANY_INCARNATION));
    assertEquals(existed, answer, asked);
    assertAsked("deregister");
  }

  private InstanceKey key(String serverId) {
    return byServerId.getOrDefault(serverId, new InstanceKey("unnamed", serverId));
  }

  private void read(int status, JsonNode answer) {
    Matcher list = LIST.matcher(asked);
    if (list.matches() && spoken != Spoken.ORCHESTRATOR) {
      readList(list.group(1), answer.isArray() ? answer : answer.path("instances"));
    } else if (SERVICES.matcher(asked).matches() && status == 200) {
      Set<String> names = Outcomes.get(registry.services());
      assertAsked("services");
      JsonNode rows = answer.path("services");
      assertEquals(!(rows.isArray() ? rows : answer).isEmpty(), !names.isEmpty(), asked);
      names.stream().filter(name -> rows.isArray()).forEach(name -> readList(name, rows));
    }
  }

  private void readList(String service, JsonNode rows) {
    server.forget();
    List<String> expected = new ArrayList<>();
    rows.forEach(row -> expected.add(origin(row)));
    List<String> actual = new ArrayList<>();
    for (ServiceInstance instance : Outcomes.get(registry.instances(service)).instances()) {
      actual.add(HttpUrl.of(instance) + " " + instance.takesTraffic());
    }
    assertEquals(expected, actual, asked);
    assertAsked("instances");
  }

  private static String origin(JsonNode row) {
    HttpUrl at = HttpUrl.parse(text(row, "/service_url", "/base_url", "/url"));
    boolean takesTraffic = !row.has("status") || text(row, "/status").equals("healthy");
    return at.scheme() + "://" + at.host() + ":" + at.port() + " " + takesTraffic;
  }

  private LoggedRequest assertAsked(String method) {
    LoggedRequest first = server.received().get(0);
    assertEquals(asked, first.getMethod() + " " + first.getUrl());
    replayed.add(method);
    return first;
  }

  private static String text(JsonNode json, String... pointers) {
    for (String pointer : pointers) {
      if (json.at(pointer).isTextual()) {
        return json.at(pointer).textValue();
      }
    }
    return "";
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JSON.missingNode(); // what is refused is not JSON always
    }
  }
}
