package dev.banyan.nginx.script;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The families of variables whose names end in the name of a header, argument or cookie. */
public enum VariablePrefix {
  HTTP("http_"),
  SENT_HTTP("sent_http_"),
  SENT_TRAILER("sent_trailer_"),
  UPSTREAM_HTTP("upstream_http_"),
  UPSTREAM_TRAILER("upstream_trailer_"),
  UPSTREAM_COOKIE("upstream_cookie_"),
  COOKIE("cookie_"),
  ARG("arg_");

  private static final List<VariablePrefix> ALL = List.of(values());

  private final String text;

  VariablePrefix(String text) {
    this.text = text;
  }

  /** The family that a name in lower case belongs to, or null. */
  static @Nullable VariablePrefix of(String lower) {
    for (VariablePrefix prefix : ALL) {
      if (lower.startsWith(prefix.text)) {
        return prefix;
      }
    }
    return null;
  }

  /** The prefix as written in a configuration. */
  public String text() {
    return text;
  }
}
