package io.evenkeel.server.dialect;

import io.evenkeel.model.Lease;
import io.evenkeel.registry.WireHeaders;
import io.evenkeel.server.directory.Tenure;
import io.evenkeel.server.web.Refusal;
import io.evenkeel.server.web.Reply;
import io.evenkeel.server.web.Request;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** What a client says in Evenkeel's headers; nothing, if it is another. */
record Asked(OptionalLong incarnation, Optional<Duration> ttl) {

  static Asked of(Request request) {
    OptionalLong incarnation = number(request, WireHeaders.INCARNATION);
    OptionalLong millis = number(request, WireHeaders.TTL);
    Optional<Duration> ttl =
        millis.isPresent() ? Optional.of(Duration.ofMillis(millis.getAsLong())) : Optional.empty();
    return new Asked(incarnation, ttl);
  }

  private static OptionalLong number(Request request, String header) {
    String value = request.header(header);
    if (value == null) {
      return OptionalLong.empty();
    }
    if (!value.matches("[0-9]{1,18}")) {
      throw new Refusal(400, header + ": (expected: a whole number, 0 or more)");
    }
    return OptionalLong.of(Long.parseLong(value));
  }

  /** Whether a list of every status is asked for. */
  static boolean everything(Request request) {
    return "all".equals(request.header(WireHeaders.VIEW));
  }

  /** The tenure of a registration: the dialect's, unless the client says otherwise. */
  Tenure tenure(Tenure usual) {
    Tenure tenure = ttl.map(Tenure::leased).orElse(usual);
    return incarnation.isPresent() ? tenure.of(incarnation.getAsLong()) : tenure;
  }

  /** The answer to a registration, with what was granted if the client said what it wants. */
  Reply granted(Reply reply, Lease lease) {
    return incarnation.isEmpty()
        ? reply
        : reply
            .with(WireHeaders.INCARNATION, Long.toString(lease.incarnation()))
            .with(WireHeaders.TTL, Long.toString(lease.ttl().toMillis()));
  }

  /** The answer to a deregistration. */
  static Reply existed(Reply reply, boolean existed) {
    return reply.with(WireHeaders.EXISTED, Boolean.toString(existed));
  }
}
