package io.evenkeel.testkit.wire;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request as a fake instance received it. Immutable.
 *
 * @param method in upper case
 * @param path with the query, as it was sent
 * @param headers every value of each, in the order they came; see {@link #header}
 * @param body as UTF-8 text, up to the first 64 kB of it
 */
public record ReceivedRequest(
    String method, String path, Map<String, List<String>> headers, String body) {

  /** Copies the headers. */
  public ReceivedRequest {
    headers = Map.copyOf(headers);
  }

  /** The first value of a header; its name in any case. */
  public Optional<String> header(String name) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .flatMap(header -> header.getValue().stream())
        .findFirst();
  }
}
