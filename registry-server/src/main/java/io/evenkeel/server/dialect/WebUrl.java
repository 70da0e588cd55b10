package io.evenkeel.server.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.server.web.Json;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A field of pydantic's type HttpUrl: an http or https URL, and what is said of any other. */
final class WebUrl {
  private static final Pattern SCHEME =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)", Pattern.DOTALL);
  private static final Pattern PORT =
      Pattern.compile("//[^/?#]*:([0-9]+)([/?#].*)?", Pattern.DOTALL);
  private static final int MAX_LENGTH = 2_083;

  private WebUrl() {}

  /** The address that the URL leads to; empty after a problem. */
  static Optional<Address> read(Fields fields, String name) {
    if (!fields.has(name)) {
      fields.text(name); // is missing
      return Optional.empty();
    }
    JsonNode value = fields.raw(name);
    if (!value.isTextual()) {
      fields.problem("url_type", name, "URL input should be a string or URL", value, Json.object());
      return Optional.empty();
    }
    String url = value.textValue();
    Optional<Address> address = url.length() > MAX_LENGTH ? Optional.empty() : Address.of(url);
    if (address.isEmpty()) {
      refuse(fields, name, value, url);
    }
    return address;
  }

  private static void refuse(Fields fields, String name, JsonNode value, String url) {
    Matcher scheme = SCHEME.matcher(url);
    boolean hasScheme = scheme.matches();
    if (url.length() > MAX_LENGTH) {
      ObjectNode context = Json.object().put("max_length", MAX_LENGTH);
      String message = "URL should have at most " + MAX_LENGTH + " characters";
      fields.problem("url_too_long", name, message, value, context);
    } else if (hasScheme && !scheme.group(1).matches("(?i)https?")) {
      ObjectNode context = Json.object().put("expected_schemes", "'http' or 'https'");
      String message = "URL scheme should be 'http' or 'https'";
      fields.problem("url_scheme", name, message, value, context);
    } else {
      String error = hasScheme ? reason(scheme.group(2)) : relative(url);
      ObjectNode context = Json.object().put("error", error);
      String message = "Input should be a valid URL, " + error;
      fields.problem("url_parsing", name, message, value, context);
    }
  }

  private static String relative(String url) {
    return url.isEmpty() ? "input is empty" : "relative URL without a base";
  }

  private static String reason(String rest) {
    Matcher port = PORT.matcher(rest);
    if (rest.matches("/*")) {
      return "empty host";
    }
    boolean badPort = port.matches() && (port.group(1).length() > 5 || !isPort(port.group(1)));
    return badPort ? "invalid port number" : "invalid domain character";
  }

  private static boolean isPort(String digits) {
    int port = Integer.parseInt(digits);
    return port >= 1 && port <= 65_535;
  }
}
