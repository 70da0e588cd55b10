package io.evenkeel.server.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.ulid.UlidCreator;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.InstanceStatus;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.server.directory.Registration;
import io.evenkeel.server.directory.Tenure;
import io.evenkeel.server.web.Json;
import io.evenkeel.server.web.Request;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is registered with an orchestrator.
 *
 * @param url as it was sent
 * @param name for people
 */
record OrchestratorRegistration(Registration registration, String url, String name) {

  static OrchestratorRegistration read(Request request, Asked asked) {
    Fields fields = Fields.ofBody(request);
    String url = fields.text("url");
    ObjectNode info = fields.object("info");
    Optional<String> id = fields.optionalText("id").filter(given -> !given.isEmpty());
    Optional<ServiceInstance> own = Announced.own(fields.within("info", info));
    id.ifPresent(
        given -> fields.formed("id", given, own.isPresent() ? Announced.WIRE_ID : Fields.NAME));
    fields.check();
    Tenure tenure = asked.tenure(Tenure.leased(OrchestratorRows.TTL));
    String displayed = info.path("display_name").asText("");
    String name = displayed.isEmpty() ? "Unknown" : displayed;
    Registration registration =
        own.isPresent()
            ? ours(own.get(), id, tenure, request.owner())
            : foreign(key(id, info, name), record(url, info), tenure, request.owner());
    return new OrchestratorRegistration(registration, url, name);
  }

  private static Registration ours(
      ServiceInstance instance, Optional<String> id, Tenure tenure, String owner) {
    String qualified = Registration.qualified(instance.service(), instance.id());
    String wireId = Announced.wireId(id.orElse(qualified), instance);
    return new Registration(instance, wireId, "", tenure, List.of(), owner, false);
  }

  private static ObjectNode record(String url, ObjectNode info) {
    ObjectNode record = Json.object().put("url", url);
    return record.set("info", info);
  }

  private static Registration foreign(
      InstanceKey key, ObjectNode record, Tenure tenure, String owner) {
    Optional<Address> address = Address.ofAny(record.path("url").asText());
    ServiceInstance instance =
        Announced.at(address, key, InstanceStatus.UP).toBuilder()
            .version(version(record.path("info").path("version").asText("")))
            .build();
    String document = Documents.write(OrchestratorRows.LABEL, record);
    return new Registration(instance, key.id(), document, tenure, List.of(), owner, false);
  }

  private static String version(String text) {
    boolean fits = text.length() <= 255 && text.codePoints().noneMatch(Character::isISOControl);
    return fits ? text : "";
  }

  /** A name for the service of an entry: the original knows entries only, and looks none up. */
  private static InstanceKey key(Optional<String> id, ObjectNode info, String displayed) {
    String given = id.orElse(info.path("id").asText(""));
    String service =
        Fields.NAME.matcher(given).matches()
            ? given
            : slug(displayed.equals("Unknown") ? "" : displayed);
    return new InstanceKey(service, id.orElseGet(() -> UlidCreator.getUlid().toString()));
  }

  private static String slug(String text) {
    String slug =
        text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    String cut = slug.substring(0, Math.min(slug.length(), 100));
    return cut.isEmpty() ? "unnamed" : cut;
  }
}
