package io.evenkeel.testkit.wire;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client says and a fresh server answers, from one golden file; {@link Golden} describes the
 * format.
 *
 * @param dialect its folder
 * @param name the file's name without its ending
 * @param notes the comment at the head of the file
 * @param exchanges in order, at least one
 */
public record Conversation(
    String dialect, String name, List<String> notes, List<Exchange> exchanges) {
  private static final String BETWEEN = "###";
  private static final String ANSWER = "=> ";
  private static final String TIME = "~ ";

  /** Copies the lists. */
  public Conversation {
    notes = List.copyOf(notes);
    exchanges = List.copyOf(exchanges);
  }

  static Conversation parse(String dialect, String name, String text) {
    Deque<String> lines = new ArrayDeque<>(text.lines().toList());
    List<String> notes = comments(lines);
    List<Exchange> exchanges = new ArrayList<>();
    try {
      while (!lines.isEmpty()) {
        exchanges.add(exchange(lines));
      }
    } catch (RuntimeException e) {
      String where = dialect + "/" + name + ", exchange " + (exchanges.size() + 1);
      throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
    }
    return new Conversation(dialect, name, notes, exchanges);
  }

  /**
   * Whether the file says that this other server answers the same, as <code>consul 1.8.7</code>.
   */
  public boolean isAlsoTrueOf(String server) {
    return notes.contains("also true of: " + server);
  }

  private static Exchange exchange(Deque<String> lines) {
    skipBlank(lines);
    String about = String.join(" ", comments(lines));
    Duration after = Duration.ZERO;
    if (next(lines).startsWith(TIME)) {
      after = Duration.parse(lines.remove().substring(TIME.length()));
    }
    String[] request = next(lines).split(" ", -1);
    if (request.length != 2) {
      throw new IllegalArgumentException("«" + next(lines) + "» (expected: METHOD /target)");
    }
    lines.remove();
    Exchange.Message sent = message(lines, ANSWER);
    if (!next(lines).startsWith(ANSWER)) {
      throw new IllegalArgumentException("«" + next(lines) + "» (expected: => status)");
    }
    int status = Integer.parseInt(lines.remove().substring(ANSWER.length()));
    Exchange.Message answer = message(lines, BETWEEN);
    lines.poll();
    return new Exchange(about, after, request[0], request[1], sent, status, answer);
  }

  /** Headers, and after a blank line a body; breaks and indentation are not part of it. */
  private static Exchange.Message message(Deque<String> lines, String end) {
    Map<String, String> headers = new LinkedHashMap<>();
    while (!isOver(lines, end) && !lines.element().isBlank()) {
      String[] header = lines.remove().split(": ", 2);
      if (header.length != 2) {
        throw new IllegalArgumentException("«" + header[0] + "» (expected: Name: value)");
      }
      headers.put(header[0], header[1]);
    }
    StringBuilder body = new StringBuilder();
    while (!isOver(lines, end)) {
      body.append(lines.remove().strip());
    }
    return new Exchange.Message(headers, body.toString());
  }

  private static boolean isOver(Deque<String> lines, String end) {
    return lines.isEmpty() || lines.element().startsWith(end);
  }

  private static List<String> comments(Deque<String> lines) {
    List<String> comments = new ArrayList<>();
    while (!lines.isEmpty() && lines.element().startsWith("# ")) {
      comments.add(lines.remove().substring(2));
    }
    return comments;
  }

  private static void skipBlank(Deque<String> lines) {
    while (!lines.isEmpty() && lines.element().isBlank()) {
      lines.remove();
    }
  }

  private static String next(Deque<String> lines) {
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("the end of the file (expected: an exchange)");
    }
    return lines.element();
  }

  /** Its folder and name, as a test shows it. */
  @Override
  public String toString() {
    return dialect + "/" + name;
  }
}
