package io.evenkeel.server.consul;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.server.web.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Reads the common part of Consul's filter language: {@code ==}, {@code !=}, {@code in}, {@code not
 * in}, {@code contains}, {@code not contains}, {@code is empty}, {@code is not empty}, {@code
 * matches}, {@code not matches}, {@code and}, {@code or}, {@code not} and parentheses.
 */
final class FilterParser {
  private static final int MAX_LENGTH = 1_024;
  private static final int MAX_DEPTH = 32;
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`)|(==|!=|[()\\[\\]])|([^\\s\"`()\\[\\]=!]+))");
  private static final String END = "";

  private final List<String> tokens = new ArrayList<>();
  private final Set<String> selectors;
  private int at;
  private int depth;

  private FilterParser(String text, Set<String> selectors) {
    this.selectors = selectors;
    Matcher token = TOKEN.matcher(text.strip());
    while (token.lookingAt()) {
      tokens.add(token.group().strip());
      token.region(token.end(), token.regionEnd());
    }
    if (token.regionStart() != token.regionEnd()) {
      throw refused("unexpected text at " + token.regionStart());
    }
  }

  /**
   * Reads an expression.
   *
   * @param selectors the fields there are, with their dots; one that ends in a dot has any field
   */
  static Predicate<JsonNode> read(String text, Set<String> selectors) {
    if (text.length() > MAX_LENGTH) {
      throw refused("longer than " + MAX_LENGTH + " characters");
    }
    FilterParser parser = new FilterParser(text, selectors);
    Predicate<JsonNode> filter = parser.or();
    if (!parser.peek().equals(END)) {
      throw refused("unexpected " + Texts.shown(parser.peek()));
    }
    return filter;
  }

  private Predicate<JsonNode> or() {
    Predicate<JsonNode> left = and();
    while (takes("or")) {
      left = left.or(and());
    }
    return left;
  }

  private Predicate<JsonNode> and() {
    Predicate<JsonNode> left = not();
    while (takes("and")) {
      left = left.and(not());
    }
    return left;
  }

  private Predicate<JsonNode> not() {
    if (++depth > MAX_DEPTH) {
      throw refused("nested deeper than " + MAX_DEPTH);
    }
    try {
      if (takes("not")) {
        return not().negate();
      }
      if (!takes("(")) {
        return test();
      }
      Predicate<JsonNode> inner = or();
      need(")");
      return inner;
    } finally {
      depth--;
    }
  }

  private Predicate<JsonNode> test() {
    String following = at + 1 < tokens.size() ? tokens.get(at + 1) : END;
    boolean valueFirst =
        following.equals("in")
            || (following.equals("not")
                && at + 2 < tokens.size()
                && tokens.get(at + 2).equals("in"));
    return valueFirst ? membership() : comparison();
  }

  private Predicate<JsonNode> membership() {
    String value = value();
    boolean negated = takes("not");
    need("in");
    Predicate<JsonNode> test = Filter.contains(selector(), value);
    return negated ? test.negate() : test;
  }

  private Predicate<JsonNode> comparison() {
    List<String> path = selector();
    if (takes("==")) {
      return Filter.equal(path, value());
    }
    if (takes("!=")) {
      return Filter.equal(path, value()).negate();
    }
    if (takes("is")) {
      boolean negated = takes("not");
      need("empty");
      return negated ? Filter.empty(path).negate() : Filter.empty(path);
    }
    boolean negated = takes("not");
    Predicate<JsonNode> test;
    if (takes("contains")) {
      test = Filter.contains(path, value());
    } else {
      need("matches");
      test = Filter.matches(path, pattern(value()));
    }
    return negated ? test.negate() : test;
  }

  private static Pattern pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw refused("not a regular expression: " + Texts.shown(text));
    }
  }

  private List<String> selector() {
    List<String> path = new ArrayList<>(List.of(next().split("\\.", -1)));
    while (takes("[")) {
      path.add(value());
      need("]");
    }
    String name = String.join(".", path);
    boolean known =
        selectors.contains(name)
            || selectors.stream().anyMatch(one -> one.endsWith(".") && name.startsWith(one));
    if (!known) {
      throw refused("Selector \"" + Texts.shown(name) + "\" is not valid");
    }
    return path;
  }

  private String value() {
    String token = next();
    if (token.startsWith("`")) {
      return token.substring(1, token.length() - 1);
    }
    return token.startsWith("\"")
        ? token.substring(1, token.length() - 1).replaceAll("\\\\(.)", "$1")
        : token;
  }

  private String peek() {
    return at < tokens.size() ? tokens.get(at) : END;
  }

  private String next() {
    String token = peek();
    if (token.equals(END) || "()[]==!=".contains(token)) {
      throw refused("a field or a value is missing");
    }
    at++;
    return token;
  }

  private boolean takes(String word) {
    boolean there = peek().equals(word);
    at += there ? 1 : 0;
    return there;
  }

  private void need(String word) {
    if (!takes(word)) {
      throw refused("unexpected " + Texts.shown(peek()) + " where " + word + " could stand");
    }
  }

  private static Refusal refused(String why) {
    return new Refusal(400, "Failed to create boolean expression evaluator: " + why);
  }
}
