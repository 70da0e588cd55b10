package io.evenkeel.http.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.http.engine.Answer;
import io.evenkeel.http.engine.Call;
import io.evenkeel.model.ServiceInstance;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The requests and rows in which a system with leases and ids of its own differs from another. */
interface LeasedWire {
  /** Announces an instance under an id. */
  Call register(ServiceInstance instance, String wireId);

  /** What the answer to {@link #register} says it is known by. */
  Known known(JsonNode registered);

  /** Keeps a registration alive; 404 when it is gone. */
  Call renew(Known known);

  /** Removes a registration; 404 when it is gone. */
  Call remove(String wireId);

  /** Asks for the instances of a service, perhaps among others. */
  Call list(String service);

  /** The rows of an answer to {@link #list}. */
  JsonNode rows(Answer answer);

  /** The names of the services in an answer that lists them all. */
  Set<String> names(Answer answer);

  /** The id in a row, as {@link #remove} takes it. */
  String wireId(JsonNode row);

  /** A row's instance, null when it is another service's. */
  @Nullable ServiceInstance instance(JsonNode row, String service);

  /**
   * How the server knows a registration.
   *
   * @param renewPath where the server wants renewals, null for the usual place
   */
  record Known(String wireId, @Nullable String renewPath) {}
}
