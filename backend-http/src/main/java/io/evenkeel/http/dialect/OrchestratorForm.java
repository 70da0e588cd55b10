package io.evenkeel.http.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.http.engine.Answer;
import io.evenkeel.http.engine.Call;
import io.evenkeel.http.engine.ForeignFields;
import io.evenkeel.http.engine.HttpUrl;
import io.evenkeel.http.engine.Json;
import io.evenkeel.http.engine.WireIds;
import io.evenkeel.http.engine.WireOptions;
import io.evenkeel.model.FlatInstance;
import io.evenkeel.model.ServiceInstance;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An instance as an entry of the orchestrator, and back. */
record OrchestratorForm(WireOptions options, WireIds ids) implements LeasedWire {
  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~:@!$&'()*+,;=%-]+)+");

  @Override
  public Call register(ServiceInstance instance, String wireId) {
    ObjectNode info =
        Json.object()
            .put("id", wireId)
            .put("display_name", instance.service())
            .put("version", instance.version());
    info.set("evenkeel", Json.pairs(FlatInstance.write(instance)));
    ObjectNode body = Json.object().put("id", wireId).put("url", HttpUrl.of(instance));
    body.set("info", info);
    return Call.post("/services/$register").withBody(body);
  }

  @Override
  public Known known(JsonNode registered) {
    String pingUrl = Json.optionalText(registered, "ping_url");
    return new Known(Json.text(registered, "id"), pingUrl == null ? null : pingPath(pingUrl));
  }

  /** The path of a URL on one of the configured origins; what is elsewhere is not called. */
  private @Nullable String pingPath(String url) {
    HttpUrl parsed;
    try {
      parsed = HttpUrl.parse(url);
    } catch (IllegalArgumentException e) {
      return null; // what is no URL is not followed either
    }
    boolean known =
        parsed.scheme().equals(options.tls() ? "https" : "http")
            && options.origins().stream()
                .anyMatch(
                    origin ->
                        origin.host().equalsIgnoreCase(parsed.host())
                            && origin.port() == parsed.port());
    String base = options.basePath() + "/";
    boolean plain = PATH.matcher(parsed.path()).matches() && !parsed.path().contains("/..");
    return known && plain && parsed.path().startsWith(base)
        ? parsed.path().substring(base.length() - 1)
        : null;
  }

  @Override
  public Call renew(Known known) {
    return Call.put(
        known.renewPath() != null
            ? known.renewPath()
            : "/services/" + Call.segment(known.wireId()) + "/$ping");
  }

  @Override
  public Call remove(String wireId) {
    return Call.delete("/services/" + Call.segment(wireId));
  }

  /** There is no request for one service's entries. */
  @Override
  public Call list(String service) {
    return Call.get("/services");
  }

  @Override
  public JsonNode rows(Answer answer) {
    return answer.json().path("services");
  }

  @Override
  public Set<String> names(Answer answer) {
    JsonNode rows = rows(answer);
    if (!rows.isArray()) {
      throw answer.protocol("something else where the list should be", "an array");
    }
    Set<String> names = new TreeSet<>();
    rows.forEach(row -> name(row).ifPresent(names::add));
    return names;
  }

  private static Optional<String> name(JsonNode row) {
    try {
      return Json.name(Json.string(service(row)));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a bad row costs that row
    }
  }

  @Override
  public String wireId(JsonNode row) {
    return Json.text(row, "id");
  }

  /** Whose entry it is comes first: another service's bad entry is no bad row of this list. */
  @Override
  public @Nullable ServiceInstance instance(JsonNode row, String service) {
    if (!service(row).equals(service)) {
      return null;
    }
    JsonNode info = row.path("info");
    ServiceInstance own = Json.ownWord(info, service);
    return ForeignFields.judged(
        own == null ? foreign(row, service) : own, Json.optionalText(row, "status"));
  }

  /** The name of the service that a row belongs to. */
  private static String service(JsonNode row) {
    JsonNode info = row.path("info");
    if (!info.isObject()) {
      throw new IllegalArgumentException("info: missing (expected: an object)");
    }
    JsonNode own = info.path("evenkeel");
    return own.isObject()
        ? Json.text(own, "service")
        : Json.name(info.path("id")).orElseGet(() -> named(info));
  }

  private ServiceInstance foreign(JsonNode row, String service) {
    JsonNode info = row.path("info");
    String version = info.path("version").asText("");
    Map<String, String> more = ForeignFields.metadata(Json.strings(info), Set.of("id", "version"));
    return ForeignFields.at(service, ids.id(service, wireId(row)), Json.text(row, "url"))
        .version(ForeignFields.isPlain(version, 255) ? version : "")
        .metadata(more)
        .build();
  }

  /** First-generation entries have a name for people only. */
  private static String named(JsonNode info) {
    String slug =
        info.path("display_name")
            .asText("")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-+|-+$", "");
    return slug.isEmpty() ? "unnamed" : slug.substring(0, Math.min(slug.length(), 255));
  }
}
