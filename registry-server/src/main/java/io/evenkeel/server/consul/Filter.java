package io.evenkeel.server.consul;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The tests of Consul's filter language on one row of JSON. A path through a list leads to each of
 * its elements, and it is enough that one passes.
 */
final class Filter {
  private static final int MATCHED = 1_024; // characters of a value that a pattern is tried on
  private static final int STEPS = 100_000; // of one try, so that no pattern holds up the server

  private Filter() {}

  static Predicate<JsonNode> equal(List<String> path, String value) {
    return row -> leaves(row, path).stream().anyMatch(leaf -> leaf.asText().equals(value));
  }

  static Predicate<JsonNode> contains(List<String> path, String value) {
    return row -> leaves(row, path).stream().anyMatch(leaf -> holds(leaf, value));
  }

  private static boolean holds(JsonNode leaf, String value) {
    if (leaf.isObject()) {
      return leaf.has(value);
    }
    if (!leaf.isArray()) {
      return leaf.asText().contains(value);
    }
    for (JsonNode element : leaf) {
      if (element.asText().equals(value)) {
        return true;
      }
    }
    return false;
  }

  static Predicate<JsonNode> empty(List<String> path) {
    return row ->
        leaves(row, path).stream()
            .allMatch(leaf -> leaf.isContainerNode() ? leaf.isEmpty() : leaf.asText().isEmpty());
  }

  static Predicate<JsonNode> matches(List<String> path, Pattern pattern) {
    return row ->
        leaves(row, path).stream()
            .anyMatch(leaf -> pattern.matcher(new Bounded(leaf.asText())).find());
  }

  private static List<JsonNode> leaves(JsonNode row, List<String> path) {
    List<JsonNode> found = List.of(row);
    for (String name : path) {
      List<JsonNode> next = new ArrayList<>();
      for (JsonNode node : found) {
        if (node.isArray()) {
          node.forEach(element -> add(next, element.path(name)));
        } else {
          add(next, node.path(name));
        }
      }
      found = next;
    }
    return found;
  }

  private static void add(List<JsonNode> nodes, JsonNode node) {
    if (!node.isMissingNode() && !node.isNull()) {
      nodes.add(node);
    }
  }

  /** A text that a pattern may look at so many times. */
  private static final class Bounded implements CharSequence {
    private final String text;
    private int looks;

    Bounded(String text) {
      this.text = text.length() > MATCHED ? text.substring(0, MATCHED) : text;
    }

    @Override
    public char charAt(int index) {
      if (++looks > STEPS) {
        throw new IllegalArgumentException("filter: a pattern too slow (expected: a simpler one)");
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
