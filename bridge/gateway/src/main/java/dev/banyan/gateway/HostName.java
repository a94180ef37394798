package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.transport.HttpExchange;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The host of a Host field or of an absolute target. */
final class HostName {
  private HostName() {}

  /** The host as it was sent: an absolute target's before that of these fields; null for none. */
  static @Nullable String sent(HttpExchange exchange, Headers fields) {
    return sent(exchange.targetHost(), fields);
  }

  private static @Nullable String sent(@Nullable String absolute, Headers fields) {
    return absolute == null ? fields.first("Host") : absolute;
  }

  /** The host that {@link #sent} tells, as {@link #parse} reads it; null for none. */
  static @Nullable String asked(HttpExchange exchange, Headers fields) {
    return asked(exchange.targetHost(), fields);
  }

  /** The same of a request whose absolute target has this host, null for none. */
  static @Nullable String asked(@Nullable String absolute, Headers fields) {
    String text = sent(absolute, fields);
    return text == null ? null : parse(text);
  }

  /** The host in lower case without port and trailing dot; null when nginx answers 400 for it. */
  static @Nullable String parse(String text) {
    int end = text.length();
    int at = 0;
    if (text.startsWith("[")) {
      int close = text.indexOf(']');
      if (close < 0 || (close + 1 < end && text.charAt(close + 1) != ':')) {
        return null;
      }
      at = close + 1;
    }
    int dot = -2;
    for (int i = at; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ':') {
        end = i;
        break;
      }
      if (c <= ' ' || c == '/' || c == 0x7f || (c == '.' && dot == i - 1)) {
        return null;
      }
      dot = c == '.' ? i : dot;
    }
    String host = text.substring(0, end);
    if (host.endsWith(".")) {
      host = host.substring(0, host.length() - 1);
    }
    return host.isEmpty() ? null : host.toLowerCase(Locale.ROOT);
  }
}
