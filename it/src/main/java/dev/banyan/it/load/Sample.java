package dev.banyan.it.load;

import dev.banyan.it.wire.Field;
import dev.banyan.it.wire.RawAnswer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Immutable: an answer without what each server writes as it likes: the order and the spelling of
 * fields, how a body is framed, the connection, its own name and the time.
 *
 * @param request the request's first line
 * @param fields the answer's fields, sorted
 * @param body the body; of one that tells what the origin has received, its lines, sorted
 * @param line the line of the ports' log
 */
record Sample(String request, int status, List<String> fields, List<String> body, String line) {
  private static final Set<String> OWN =
      Set.of("server", "date", "connection", "keep-alive", "content-length", "transfer-encoding");

  Sample {
    fields = List.copyOf(fields);
    body = List.copyOf(body);
  }

  /** The answer to a request, of which no line is known yet. */
  static Sample of(byte[] request, RawAnswer answer) {
    String text = new String(answer.body().bytes(), StandardCharsets.ISO_8859_1);
    boolean echo = answer.head().first("content-type").orElse("").startsWith("text/plain");
    return new Sample(
        new String(request, StandardCharsets.ISO_8859_1).lines().findFirst().orElse(""),
        answer.status(),
        answer.head().fields().stream()
            .map(Sample::plain)
            .filter(Sample::telling)
            .sorted()
            .toList(),
        echo
            ? text.lines().map(Sample::lower).filter(Sample::telling).sorted().toList()
            : List.of(text),
        "");
  }

  /**
   * The same with its line of the log, without the octets sent, which chunks' heads count among.
   */
  Sample logged(String text) {
    return new Sample(request, status, fields, body, text.replaceFirst("\"bytes\":\\d+,", ""));
  }

  private static String plain(Field field) {
    return lower(field.toString());
  }

  /** With the field's name in lower case. */
  private static String lower(String line) {
    int colon = line.indexOf(": ");
    return colon < 0
        ? line
        : line.substring(0, colon).toLowerCase(Locale.ROOT) + line.substring(colon);
  }

  private static boolean telling(String line) {
    int colon = line.indexOf(": ");
    return colon < 0 || !OWN.contains(line.substring(0, colon));
  }

  /** What differs, in one line. */
  String against(Sample other) {
    String where = "\"" + request + "\": ";
    if (status != other.status) {
      return where + "status " + status + " instead of " + other.status;
    }
    if (!fields.equals(other.fields)) {
      return where
          + "fields "
          + without(fields, other.fields)
          + " instead of "
          + without(other.fields, fields);
    }
    if (!body.equals(other.body)) {
      return where
          + "body "
          + without(body, other.body)
          + " instead of "
          + without(other.body, body);
    }
    return where + "line " + line + " instead of " + other.line;
  }

  private static List<String> without(List<String> all, List<String> others) {
    return all.stream().filter(one -> !others.contains(one)).toList();
  }
}
