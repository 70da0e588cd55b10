package io.evenkeel.testkit.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The wire contracts as files, for clients and servers alike: what is asked and answered in the
 * dialects <code>config-service</code>, <code>heartbeat</code>, <code>orchestrator</code> and
 * <code>consul</code>. Conversations in which time passes are in <code>timed/</code> and the
 * dialect's name; what other servers answer and ours does not, which clients must bear, is in
 * <code>foreign/</code> and the dialect's name.
 *
 * <pre>
 * # about the conversation; "# also true of: SERVER" when it was checked there
 *
 * # about the exchange, with the section of the contracts
 * ~ PT31S                            (optional: so much time passes first)
 * POST /register
 * Content-Type: application/json     (request headers, none or more)
 *
 * {"service_name":"users",           (body, none or over several lines: breaks
 *  "base_url":"http://u:80"}          and indentation are not part of it)
 * =&gt; 201
 * Content-Type: application/json     (headers that must be there)
 *
 * {"instance_id":"{{uuid:id}}"}      (the whole body; none: it must be empty)
 * ###
 * # the next exchange
 * </pre>
 *
 * <p>Holes in the text, each between double braces:
 *
 * <ul>
 *   <li><code>uuid</code>, <code>ulid</code>, <code>number</code>; <code>index</code>, an integer
 *       above 0; <code>timestamp</code>, Python's isoformat in UTC with microseconds
 *   <li><code>text</code>, the inside of a JSON string or a header, maybe empty
 *   <li><code>any</code>, one JSON value
 *   <li><code>uuid:id</code> keeps the value, and <code>id</code> stands for it in whatever follows
 *   <li><code>origin</code>, scheme, host and port as the client addressed them
 * </ul>
 *
 * <p>JSON is compared as text, so the order of keys counts and a field too many is found. Headers
 * that are not written may be there as well.
 */
public final class Golden {
  private static final String FOLDER = "/io/evenkeel/testkit/golden/";
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private Golden() {}

  /** The conversations of a dialect, in the order of its list; shaped for a method source. */
  public static List<Conversation> conversations(String dialect) {
    return read(dialect + "/conversations.txt").lines().map(name -> load(dialect, name)).toList();
  }

  private static Conversation load(String dialect, String name) {
    return Conversation.parse(dialect, name, read(dialect + "/" + name + ".http"));
  }

  private static String read(String path) {
    try (InputStream file = Golden.class.getResourceAsStream(FOLDER + path)) {
      if (file == null) {
        throw new IllegalArgumentException(path + " (expected: a file below " + FOLDER + ")");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Asks a fresh server everything and compares its answers; blocks until then.
   *
   * @param origin scheme, host and port
   * @throws AssertionError at the first answer that differs, with the place where it does
   * @throws IllegalArgumentException if time passes in the conversation
   */
  public static void replay(Conversation conversation, URI origin) {
    replay(
        conversation,
        origin,
        time -> {
          throw new IllegalArgumentException(conversation + ": " + time + " pass (expected: none)");
        });
  }

  /**
   * The same, where time may pass.
   *
   * @param clock lets so much time pass for the server
   * @throws AssertionError at the first answer that differs, with the place where it does
   */
  public static void replay(Conversation conversation, URI origin, Consumer<Duration> clock) {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    Map<String, String> values = new HashMap<>(Map.of("origin", origin.resolve("/").toString()));
    values.computeIfPresent("origin", (name, root) -> root.substring(0, root.length() - 1));
    int number = 0;
    for (Exchange exchange : conversation.exchanges()) {
      number++;
      if (!exchange.after().isZero()) {
        clock.accept(exchange.after());
      }
      String target = exchange.target(values);
      HttpResponse<String> answer = send(client, request(exchange, target, values));
      List<String> differences = differences(exchange, answer, values);
      if (!differences.isEmpty()) {
        String head =
            conversation + ", exchange " + number + ": " + exchange.method() + " " + target;
        throw new AssertionError(
            head + "\n  " + String.join("\n  ", differences) + "\n  got: " + answer.body());
      }
    }
  }

  private static HttpRequest request(Exchange exchange, String target, Map<String, String> values) {
    Exchange.Message message = exchange.request().filled(values);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(values.get("origin") + target))
            .timeout(DEADLINE)
            .method(
                exchange.method(),
                message.body().isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(message.body()));
    message.headers().forEach(request::header);
    return request.build();
  }

  private static HttpResponse<String> send(HttpClient client, HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(request + ": no answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(request + ": interrupted", e);
    }
  }

  private static List<String> differences(
      Exchange exchange, HttpResponse<String> answer, Map<String, String> values) {
    List<String> found = new ArrayList<>();
    if (answer.statusCode() != exchange.status()) {
      found.add("status: " + answer.statusCode() + " (expected: " + exchange.status() + ")");
    }
    exchange
        .answer()
        .headers()
        .forEach((name, value) -> header(name, value, answer, values).ifPresent(found::add));
    Template.of(exchange.answer().body())
        .difference(answer.body(), values)
        .ifPresent(difference -> found.add("body " + difference));
    return found;
  }

  private static Optional<String> header(
      String name, String expected, HttpResponse<String> answer, Map<String, String> values) {
    Optional<String> actual = answer.headers().firstValue(name);
    if (actual.isEmpty()) {
      return Optional.of(name + ": missing (expected: " + expected + ")");
    }
    return Template.of(expected)
        .difference(actual.get(), values)
        .map(difference -> name + " " + difference);
  }
}
