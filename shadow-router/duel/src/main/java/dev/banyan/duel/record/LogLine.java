package dev.banyan.duel.record;

import dev.banyan.duel.suite.Field;
import dev.banyan.duel.suite.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One line of an access log. */
final class LogLine {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern COMBINED =
      Pattern.compile(
          "(\\S+) (?:\\S+ .*? )?\\[[^\\]]*\\] \"((?:[^\"\\\\]|\\\\.)*)\" (\\d{3}) (\\d+|-)"
              + "(?: \"((?:[^\"\\\\]|\\\\.)*)\")?(?: \"((?:[^\"\\\\]|\\\\.)*)\")?.*");
  private static final Pattern LINE = Pattern.compile("([A-Z_-]+) (\\S+)(?: HTTP/[\\d.]+)?");
  private static final Pattern ESCAPE = Pattern.compile("\\\\x([0-9A-Fa-f]{2})|\\\\(.)");

  private LogLine() {}

  /**
   * Its request.
   *
   * @throws IllegalArgumentException for a line of no known format
   */
  static Request request(String line, String host) {
    return line.startsWith("{") ? json(line, host) : combined(line, host);
  }

  private static Request combined(String line, String host) {
    Matcher matcher = COMBINED.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "expected nginx's combined format or a JSON object in each line");
    }
    List<Field> fields = new ArrayList<>(List.of(new Field("Host", host)));
    String referer = matcher.group(6) == null ? null : matcher.group(5);
    String agent = matcher.group(6) == null ? matcher.group(5) : matcher.group(6);
    add(fields, "User-Agent", agent);
    add(fields, "Referer", referer);
    add(fields, "X-Forwarded-For", matcher.group(1));
    return asked(plain(matcher.group(2)), fields);
  }

  private static void add(
      List<Field> fields, String name, @org.jspecify.annotations.Nullable String value) {
    if (value != null && !value.isEmpty() && !value.equals("-")) {
      fields.add(new Field(name, plain(value)));
    }
  }

  /** nginx writes quotes and odd octets as \xHH. */
  private static String plain(String logged) {
    return ESCAPE
        .matcher(logged)
        .replaceAll(found ->
            Matcher.quoteReplacement(
                found.group(1) == null
                    ? found.group(2)
                    : String.valueOf((char) Integer.parseInt(found.group(1), 16))));
  }

  private static Request asked(String line, List<Field> fields) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("\"" + line + "\": expected a request line");
    }
    return new Request(matcher.group(1), matcher.group(2), "HTTP/1.1", fields, "");
  }

  private static Request json(String line, String host) {
    JsonNode entry;
    try {
      entry = JSON.readTree(line);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
    String named = text(entry, "host", "http_host", "server_name", "vhost");
    List<Field> fields =
        new ArrayList<>(List.of(new Field("Host", named.isEmpty() ? host : named)));
    add(fields, "User-Agent", text(entry, "http_user_agent", "user_agent", "agent"));
    add(fields, "Referer", text(entry, "http_referer", "referer", "referrer"));
    add(
        fields,
        "X-Forwarded-For",
        text(entry, "http_x_forwarded_for", "client", "client_ip", "remote_addr"));
    String request = text(entry, "request");
    if (LINE.matcher(request).matches()) {
      return asked(request, fields);
    }
    String uri = text(entry, "request_uri", "uri", "url", "path");
    if (uri.isEmpty()) {
      throw new IllegalArgumentException(
          "expected \"request\", or \"method\" and \"request_uri\", in the JSON object");
    }
    String args = text(entry, "args", "query");
    String method = text(entry, "request_method", "method");
    String target = uri.indexOf('?') < 0 && !args.isEmpty() ? uri + "?" + args : uri;
    return asked((method.isEmpty() ? "GET" : method) + " " + target, fields);
  }

  private static String text(JsonNode entry, String... names) {
    for (String name : names) {
      if (entry.path(name).isString()) {
        return entry.path(name).stringValue();
      }
    }
    return "";
  }
}
