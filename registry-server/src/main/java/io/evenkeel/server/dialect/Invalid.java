package io.evenkeel.server.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.server.web.Json;
import io.evenkeel.server.web.Printable;
import io.evenkeel.server.web.Reply;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that FastAPI answers with 422, and each thing that is wrong with it. */
final class Invalid extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ArrayNode detail;

  Invalid(ArrayNode detail) {
    super("unprocessable", null, false, false); // expected, so without a stack trace
    this.detail = detail;
  }

  /** One thing that is wrong. */
  static Invalid of(ObjectNode problem) {
    return new Invalid(Json.array().add(problem));
  }

  /**
   * A thing that is wrong, as pydantic words it.
   *
   * @param where from {@code body} or {@code query} inwards; names, and offsets as numbers
   * @param context empty for none
   */
  static ObjectNode problem(
      String type, List<?> where, String message, @Nullable JsonNode input, ObjectNode context) {
    ObjectNode problem = Json.object().put("type", type);
    ArrayNode loc = problem.putArray("loc");
    where.forEach(step -> add(loc, step));
    problem.put("msg", message).set("input", input);
    if (!context.isEmpty()) {
      problem.set("ctx", context);
    }
    return problem;
  }

  private static void add(ArrayNode loc, Object step) {
    if (step instanceof Number offset) {
      loc.add(offset.longValue());
    } else {
      loc.add(step.toString());
    }
  }

  /** A value that is well formed and still refused. */
  static Invalid value(String message) {
    ObjectNode context = Json.object().put("error", message);
    return of(problem("value_error", List.of("body"), "Value error, " + message, null, context));
  }

  Reply reply() {
    ObjectNode body = Json.object();
    body.set("detail", detail);
    Buffer written = Json.write(body); // it repeats what came from outside
    return Printable.is(written.toString())
        ? Reply.json(422, written)
        : Reply.json(422, Buffer.buffer(Json.printable(body)));
  }
}
