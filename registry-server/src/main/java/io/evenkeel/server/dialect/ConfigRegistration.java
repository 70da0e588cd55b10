package io.evenkeel.server.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.model.HealthCheck;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.server.check.CheckRunner;
import io.evenkeel.server.directory.CheckDefinition;
import io.evenkeel.server.directory.Registration;
import io.evenkeel.server.directory.Tenure;
import io.evenkeel.server.web.Json;
import io.evenkeel.server.web.Request;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what is registered with a config-service. */
final class ConfigRegistration {
  private static final Duration INTERVAL = Duration.ofSeconds(30);
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final CheckRunner checks;

  ConfigRegistration(CheckRunner checks) {
    this.checks = checks;
  }

  Registration read(Request request, Asked asked) {
    Fields fields = Fields.ofBody(request);
    String service = fields.text("service_name", Fields.NAME);
    String url = fields.text("service_url");
    Optional<String> health = fields.optionalText("health_check_url");
    ObjectNode metadata = fields.optionalObject("service_metadata").orElseGet(Json::object);
    Fields within = fields.within("service_metadata", metadata);
    Optional<String> id = within.optionalText("instance_id").filter(given -> !given.isEmpty());
    id.ifPresent(given -> within.formed("instance_id", given, Fields.NAME));
    Optional<ConfigStatus> status = ConfigRecord.status(within);
    String healthUrl =
        metadata.has("health_check_url")
            ? within.optionalText("health_check_url").orElse(null)
            : health.orElse(null);
    Optional<ServiceInstance> own = Announced.own(within);
    fields.check();
    InstanceKey key = new InstanceKey(service, id.orElseGet(() -> UUID.randomUUID().toString()));
    ConfigRecord record =
        new ConfigRecord(key, url, healthUrl, status.orElse(ConfigStatus.UNKNOWN), metadata);
    Tenure tenure = asked.tenure(Tenure.standing());
    return own.isPresent()
        ? ours(own.get(), record, tenure, request.owner())
        : foreign(record, tenure, request.owner());
  }

  private Registration ours(
      ServiceInstance instance, ConfigRecord record, Tenure tenure, String owner) {
    if (!instance.key().equals(record.key())) {
      throw Invalid.value("evenkeel: " + instance.key() + " (expected: " + record.key() + ")");
    }
    Duration interval = INTERVAL;
    Duration timeout = TIMEOUT;
    if (instance.healthCheck() instanceof HealthCheck.Http http) {
      interval = http.interval();
      timeout = http.timeout();
    }
    List<CheckDefinition> polled = checks(instance, record.healthUrl(), interval, timeout);
    return registration(instance, "", tenure, polled, owner);
  }

  private Registration foreign(ConfigRecord record, Tenure tenure, String owner) {
    Optional<Address> address = Address.ofAny(record.url());
    ServiceInstance.Builder builder =
        Announced.at(address, record.key(), record.status().meaning()).toBuilder();
    record.describe(builder);
    ServiceInstance instance = builder.build();
    List<CheckDefinition> polled = checks(instance, record.healthUrl(), INTERVAL, TIMEOUT);
    return registration(instance, record.document(), tenure, polled, owner);
  }

  private List<CheckDefinition> checks(
      ServiceInstance instance, @Nullable String url, Duration interval, Duration timeout) {
    if (url == null || instance.host().equals(Registration.NOWHERE)) {
      return List.of();
    }
    CheckDefinition check = check(url, interval, timeout);
    return checks.allows(instance.host(), check) ? List.of(check) : List.of();
  }

  /** Healthy until it has failed. */
  static CheckDefinition check(String url, Duration interval, Duration timeout) {
    return CheckDefinition.polled("health", CheckDefinition.Kind.HTTP, url, interval, timeout);
  }

  private static Registration registration(
      ServiceInstance instance,
      String document,
      Tenure tenure,
      List<CheckDefinition> checks,
      String owner) {
    String wireId = Registration.qualified(instance.service(), instance.id());
    return new Registration(instance, wireId, document, tenure, checks, owner, false);
  }
}
