package dev.banyan.gateway;

import dev.banyan.api.FieldNames;
import dev.banyan.api.Headers;
import dev.banyan.nginx.HeaderRules.Field;
import dev.banyan.nginx.HeaderRules.Mode;
import dev.banyan.nginx.HeaderRules.Rule;
import java.util.List;

/**
 * {@code more_set_input_headers} and {@code more_clear_input_headers}: the end of the rewrite
 * phase, before Lua's handler.
 */
final class MoreInputHeaders {
  /** Of these the module knows the first one alone, and lets others stay. */
  private static final FieldNames FIRST_ALONE =
      FieldNames.of(
          "host",
          "connection",
          "if-modified-since",
          "if-unmodified-since",
          "if-match",
          "if-none-match",
          "user-agent",
          "referer",
          "content-length",
          "content-type",
          "range",
          "if-range",
          "transfer-encoding",
          "expect",
          "upgrade",
          "accept-encoding",
          "via",
          "authorization",
          "keep-alive",
          "x-real-ip",
          "depth",
          "destination",
          "overwrite",
          "date");

  private static final int FIRST_WITH_FIELDS = 10;

  private MoreInputHeaders() {}

  /** Changes the request's fields; what a field can't become ends the request without an answer. */
  static Verdict apply(Request r) {
    List<Rule> rules = r.location().settings().headerRules().input();
    if (rules.isEmpty() || r.client().exchange().version() < FIRST_WITH_FIELDS) {
      return Signal.NEXT;
    }
    for (Rule rule : rules) {
      String type = r.headers().first("Content-Type");
      if (!rule.isFor(type == null ? "" : type)) {
        continue;
      }
      for (Field field : rule.fields()) {
        if (!write(r.headers(), field, rule.mode(), field.value().evaluate(r))) {
          return Verdict.failed();
        }
      }
    }
    return Signal.NEXT;
  }

  private static boolean write(Headers headers, Field field, Mode mode, String value) {
    String name = field.name();
    if (value.isEmpty()) {
      clear(headers, field);
      return true;
    }
    if (!accepts(name, value)) {
      return false;
    }
    if (!headers.contains(name)) {
      if (mode != Mode.REPLACE) {
        headers.add(name, value);
      }
    } else if (FIRST_ALONE.contains(name)) {
      headers.setFirst(name, value);
    } else {
      headers.setValue(name, value);
    }
    return true;
  }

  private static void clear(Headers headers, Field field) {
    if (!field.wildcard()) {
      headers.remove(field.name());
      return;
    }
    for (int i = headers.size() - 1; i >= 0; i--) {
      if (field.covers(headers.name(i))) {
        headers.removeAt(i);
      }
    }
  }

  /** Two fields have effects of their own, and take only what these can be taken from. */
  private static boolean accepts(String name, String value) {
    return switch (name.length()) {
      case 4 -> !name.equalsIgnoreCase("Host") || HostName.parse(value) != null;
      case 14 -> !name.equalsIgnoreCase("Content-Length") || Octets.decimal(value) >= 0;
      default -> true;
    };
  }
}
