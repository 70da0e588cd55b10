package io.evenkeel.http.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.http.engine.Answer;
import io.evenkeel.http.engine.Call;
import io.evenkeel.http.engine.Dialect;
import io.evenkeel.http.engine.ForeignFields;
import io.evenkeel.http.engine.HttpUrl;
import io.evenkeel.http.engine.Json;
import io.evenkeel.http.engine.Link;
import io.evenkeel.http.engine.UriForm;
import io.evenkeel.http.engine.WireIds;
import io.evenkeel.model.FlatInstance;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.RegistryException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** An in-memory registry with heartbeats: an instance unheard of for 30 s is gone. */
public final class HeartbeatDialect {
  /** Base path allowed; {@code token}, {@code ids}. */
  public static final UriForm URI =
      new UriForm(8006, true, List.of(UriForm.bearerToken()), Set.of(WireIds.PARAMETER));

  private HeartbeatDialect() {}

  /** Makes the dialect on a wire. */
  public static Dialect on(Link link) {
    return new LeasedDialect(link, new Form(WireIds.read(link.options())));
  }

  private record Form(WireIds ids) implements LeasedWire {
    @Override
    public Call register(ServiceInstance instance, String wireId) {
      ObjectNode body =
          Json.object()
              .put("service_name", instance.service())
              .put("base_url", HttpUrl.of(instance))
              .put("instance_id", wireId);
      body.set("evenkeel", Json.pairs(FlatInstance.write(instance)));
      return Call.post("/register").withBody(body);
    }

    @Override
    public Known known(JsonNode registered) {
      return new Known(Json.text(registered, "instance_id"), null);
    }

    @Override
    public Call renew(Known known) {
      return Call.post("/heartbeat/" + Call.segment(known.wireId()));
    }

    @Override
    public Call remove(String wireId) {
      return Call.delete("/deregister/" + Call.segment(wireId));
    }

    @Override
    public Call list(String service) {
      return Call.get("/services/" + Call.segment(service)).expecting(Form::saysNone);
    }

    /** 404 is also what a wrong base path gives, but with FastAPI's own word for it. */
    private static boolean saysNone(Answer answer) {
      if (answer.status() != 404) {
        return false;
      }
      try {
        JsonNode detail = answer.json().path("detail");
        return detail.isTextual() && !detail.textValue().equals("Not Found");
      } catch (RegistryException.Protocol e) {
        return false; // a 404 of someone else
      }
    }

    @Override
    public JsonNode rows(Answer answer) {
      return answer.json().path("instances");
    }

    @Override
    public Set<String> names(Answer answer) {
      JsonNode map = answer.json();
      if (!map.isObject()) {
        throw answer.protocol("something else where the map should be", "an object");
      }
      Set<String> names = new TreeSet<>();
      map.properties()
          .forEach(
              entry -> {
                if (!entry.getValue().path("instances").isEmpty()) {
                  Json.name(Json.string(entry.getKey())).ifPresent(names::add);
                }
              });
      return names;
    }

    @Override
    public String wireId(JsonNode row) {
      return Json.text(row, "instance_id");
    }

    @Override
    public ServiceInstance instance(JsonNode row, String service) {
      ServiceInstance own = Json.ownWord(row, service);
      ServiceInstance instance =
          own != null
              ? own
              : ForeignFields.at(service, ids.id(service, wireId(row)), Json.text(row, "base_url"))
                  .build();
      return ForeignFields.judged(instance, Json.optionalText(row, "status"));
    }
  }
}
