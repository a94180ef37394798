package dev.banyan.duel.record;

import dev.banyan.duel.suite.Field;
import dev.banyan.duel.suite.Request;
import dev.banyan.router.parity.Redactor;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  private static final Pattern OTHER_THAN_FORM = Pattern.compile("\\s*(?:[{\\[<\"]|--)");
  private static final Pattern QUOTED = Pattern.compile("(?s)(\\\\{0,3}[\"'])(.*)\\1");

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
        request.method(), target(request.target()), "HTTP/1.1", fields, body(request));
  }

  /** What a message says of a recording, without its secrets. */
  String message(String text) {
    return redactor.text(text);
  }

  /** A form by its fields; of other bodies what is or looks like a secret. */
  private String body(Request request) {
    String type = request.value("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    boolean form =
        type.isEmpty()
            ? !OTHER_THAN_FORM.matcher(request.body()).lookingAt()
            : type.startsWith("application/x-www-form-urlencoded");
    return form
        ? arguments(request.body())
        : redactor.masked("", request.body(), Cleaner::unquoted);
  }

  /** Equal secrets stay equal, whether they are quoted or not. */
  private static String unquoted(String secret) {
    Matcher quoted = QUOTED.matcher(secret);
    return quoted.matches()
        ? quoted.group(1) + Masks.of(quoted.group(2)) + quoted.group(1)
        : Masks.of(secret);
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
    return !value.isEmpty() && !value.equals(redactor.whole(name, value));
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

  /** Arguments, in a query or a form. */
  private String arguments(String text) {
    StringBuilder out = new StringBuilder();
    for (String piece : text.split("&", -1)) {
      int equals = piece.indexOf('=');
      String name = equals < 0 ? "" : piece.substring(0, equals);
      String value = piece.substring(equals + 1);
      out.append(out.isEmpty() ? "" : "&").append(equals < 0 ? "" : name + "=");
      out.append(isSecret(decoded(name), value) ? Masks.of(value) : value);
    }
    return out.toString();
  }

  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name, StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException brokenEscape) {
      return name;
    }
  }
}
