package dev.banyan.duel.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Owned by its case: a request whose lines are still coming. */
final class RequestDraft {
  private static final Pattern LINE = Pattern.compile("(?s)([^ ]+) (.+?)(?: (HTTP/\\d\\.\\d))? *");

  private final List<Field> fields = new ArrayList<>();
  private @Nullable Request line;
  private boolean ended;

  void line(String text) {
    if (text.isBlank()) {
      ended = line != null;
    } else if (ended) {
      throw new IllegalArgumentException("a body is written under \"--- body\"");
    } else if (line == null) {
      line = requestLine(text);
    } else {
      fields.add(field(text));
    }
  }

  private static Request requestLine(String text) {
    Matcher matcher = LINE.matcher(Escapes.decode(text));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\"" + text.strip() + "\": expected a request line such as GET /path HTTP/1.1");
    }
    String version = matcher.group(3) == null ? "HTTP/1.1" : matcher.group(3);
    return new Request(matcher.group(1), matcher.group(2), version, List.of(), "");
  }

  static Field field(String text) {
    int colon = text.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException(
          "\"" + text.strip() + "\": expected a field such as Accept: text/html");
    }
    String value = text.substring(colon + 1);
    return new Field(
        Escapes.decode(text.substring(0, colon)),
        Escapes.decode(value.startsWith(" ") ? value.substring(1) : value));
  }

  Request finish(String body) {
    if (line == null) {
      throw new IllegalArgumentException("\"--- ask\" without a request line");
    }
    return line.withFields(fields).withBody(body);
  }
}
