package dev.banyan.server.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: the head of a request.
 *
 * @param path without arguments, its escapes undone
 * @param query the same of what follows the path; null for none
 * @param lasts whether the connection may carry a further request
 */
record RequestHead(
    String method, String path, @Nullable String query, boolean lasts, List<Field> fields) {
  private static final int MOST_LINE = 16 * 1024;
  private static final int MOST_FIELDS = 100;
  private static final Pattern LINE =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+) (\\S+) HTTP/(\\d)\\.(\\d)");
  private static final Pattern TARGET =
      Pattern.compile("(?:https?://[^/?#]+)?(/[^?#]*)(?:\\?([^#]*))?");
  private static final Pattern FIELD =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*(.*?)[ \\t]*");
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\x00-\\x08\\x0a-\\x1f\\x7f]");

  /** Stands for one that couldn't be read. */
  static final RequestHead NONE = new RequestHead("GET", "/", null, false, List.of());

  /** A line of it. */
  record Field(String name, String value) {}

  /**
   * Reads one.
   *
   * @throws Malformed when it is none
   */
  static RequestHead read(TimedInput in) throws IOException {
    String first = in.line(MOST_LINE, 414);
    Matcher line = LINE.matcher(first.isEmpty() ? in.line(MOST_LINE, 414) : first);
    if (!line.matches()) {
      throw new Malformed(400, "the first line is no request: expected METHOD PATH HTTP/1.1");
    }
    if (!line.group(3).equals("1")) {
      throw new Malformed(505, "this listener speaks HTTP/1.1");
    }
    Matcher target = TARGET.matcher(line.group(2));
    if (!target.matches()) {
      throw new Malformed(400, "the target is no path: expected one such as /api/v1/status");
    }
    List<Field> fields = fields(in);
    String query = target.group(2);
    boolean lasts =
        !line.group(4).equals("0")
            && fields.stream().noneMatch(field -> isNamed(field, "Connection", "close"));
    return new RequestHead(
        line.group(1),
        UriText.decoded(target.group(1)),
        query == null ? null : UriText.decoded(query),
        lasts,
        List.copyOf(fields));
  }

  private static boolean isNamed(Field field, String name, String value) {
    return field.name().equalsIgnoreCase(name) && field.value().equalsIgnoreCase(value);
  }

  private static List<Field> fields(TimedInput in) throws IOException {
    List<Field> fields = new ArrayList<>();
    for (String line = in.line(MOST_LINE, 431); !line.isEmpty(); line = in.line(MOST_LINE, 431)) {
      Matcher field = FIELD.matcher(line);
      if (!field.matches() || UNPRINTABLE.matcher(line).find()) {
        throw new Malformed(400, "a line of the head is no field: expected NAME: VALUE");
      }
      if (fields.size() == MOST_FIELDS) {
        throw new Malformed(431, "the head has more than " + MOST_FIELDS + " fields");
      }
      fields.add(new Field(field.group(1), field.group(2)));
    }
    if (values(fields, "Host").size() > 1) {
      throw new Malformed(400, "the head has more than one Host");
    }
    return fields;
  }

  /** The first value of a field, or null. */
  @Nullable String first(String name) {
    List<String> values = values(fields, name);
    return values.isEmpty() ? null : values.getFirst();
  }

  /** All values of a field. */
  List<String> values(String name) {
    return values(fields, name);
  }

  private static List<String> values(List<Field> fields, String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }
}
