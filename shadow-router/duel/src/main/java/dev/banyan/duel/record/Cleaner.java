package dev.banyan.duel.record;

import dev.banyan.duel.suite.Field;
import dev.banyan.duel.suite.Request;
import dev.banyan.router.parity.Redactor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Immutable, for any thread: takes secrets out of recorded requests.
 *
 * <p>Authorization, cookies and whatever is named like a secret keep their shape: a token becomes
 * another text of the same length, equal ones stay equal, and nobody can go back from it.
 */
final class Cleaner {
  private static final Set<String> DROPPED =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "transfer-encoding",
          "content-length",
          "upgrade",
          "expect");
  private static final int LONGEST = 4_096;

  private final Redactor redactor = Redactor.withFreshKey(Set.of(), Redactor.Bodies.KEPT);

  /** The request without secrets, and without what only its own connection was about. */
  Request clean(Request request) {
    List<Field> fields = new ArrayList<>();
    for (Field field : request.fields()) {
      String lower = field.name().toLowerCase(Locale.ROOT);
      if (!DROPPED.contains(lower) && !lower.startsWith(":")) {
        fields.add(new Field(field.name(), value(field.name(), oneLine(field.value()))));
      }
    }
    return new Request(
        request.method(), target(request.target()), "HTTP/1.1", fields, arguments(request.body()));
  }

  private static String oneLine(String value) {
    return value.replaceAll("[\\r\\n\\x00]", " ");
  }

  private String value(String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.equals("cookie")) {
      StringBuilder out = new StringBuilder();
      for (String pair : value.split(";\\s*")) {
        int equals = pair.indexOf('=');
        out.append(out.isEmpty() ? "" : "; ");
        out.append(
            equals < 0
                ? Masks.of(pair)
                : pair.substring(0, equals + 1) + Masks.of(pair.substring(equals + 1)));
      }
      return out.toString();
    }
    if (lower.equals("authorization") || lower.equals("proxy-authorization")) {
      int space = value.indexOf(' ');
      return space < 0
          ? Masks.of(value)
          : value.substring(0, space + 1) + Masks.of(value.substring(space + 1));
    }
    return isSecret(name, value) ? Masks.of(value) : value;
  }

  /** Whether what stores samples would hide it, or part of it. */
  private boolean isSecret(String name, String value) {
    String bounded =
        value.length() > Redactor.MAX_TEXT ? value.substring(0, Redactor.MAX_TEXT) : value;
    return !value.isEmpty() && !bounded.equals(redactor.redact(name, bounded));
  }

  private String target(String target) {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    StringBuilder out = new StringBuilder();
    for (String segment : path.split("/", -1)) {
      out.append(out.isEmpty() && !path.startsWith("/") ? "" : "/");
      out.append(isSecret("", segment) ? Masks.of(segment) : segment);
    }
    String cleaned = path.startsWith("/") ? out.substring(1) : out.toString();
    return query < 0 ? cleaned : cleaned + "?" + arguments(target.substring(query + 1));
  }

  /** Arguments, in a query or a form; another text goes as a whole where it looks like a secret. */
  private String arguments(String text) {
    if (text.length() > LONGEST && isSecret("", text)) {
      return Masks.of(text);
    }
    StringBuilder out = new StringBuilder();
    for (String piece : text.split("&", -1)) {
      int equals = piece.indexOf('=');
      String name = equals < 0 ? "" : piece.substring(0, equals);
      String value = piece.substring(equals + 1);
      out.append(out.isEmpty() ? "" : "&").append(equals < 0 ? "" : name + "=");
      out.append(isSecret(name, value) ? Masks.of(value) : value);
    }
    return out.toString();
  }
}
