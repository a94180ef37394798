package dev.banyan.lua.replay;

import dev.banyan.api.Headers;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The variables of nginx whose names end in the name of a header, an argument or a cookie. */
final class FieldVariables {
  private static final String REQUEST = "http_";
  private static final String RESPONSE = "sent_http_";
  private static final String ARGUMENT = "arg_";
  private static final String COOKIE = "cookie_";

  private FieldVariables() {}

  static boolean isOne(String name) {
    return name.startsWith(REQUEST)
        || name.startsWith(RESPONSE)
        || name.startsWith(COOKIE)
        || name.startsWith(ARGUMENT);
  }

  /** The value of one of them; null when what it is read from isn't there. */
  static @Nullable String value(String name, Headers request, Headers response, String args) {
    if (name.startsWith(REQUEST)) {
      List<String> values = all(request, name.substring(REQUEST.length()));
      boolean list = name.equals("http_x_forwarded_for") || name.equals("http_cookie");
      return values.isEmpty()
          ? null
          : list ? String.join(name.endsWith("cookie") ? "; " : ", ", values) : values.getFirst();
    }
    if (name.startsWith(RESPONSE)) {
      List<String> values = all(response, name.substring(RESPONSE.length()));
      return values.isEmpty() ? null : String.join(", ", values);
    }
    return name.startsWith(ARGUMENT)
        ? argument(args, name.substring(ARGUMENT.length()))
        : cookie(request, name.substring(COOKIE.length()));
  }

  private static List<String> all(Headers headers, String name) {
    return headers.all(name.replace('_', '-'));
  }

  private static @Nullable String cookie(Headers request, String name) {
    for (String line : request.all("Cookie")) {
      for (String pair : line.split("; *", -1)) {
        if (pair.toLowerCase(Locale.ROOT).startsWith(name + "=")) {
          return pair.substring(name.length() + 1);
        }
      }
    }
    return null;
  }

  private static @Nullable String argument(String args, String name) {
    for (String pair : args.split("&", -1)) {
      if (pair.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + "=")) {
        return pair.substring(name.length() + 1);
      }
    }
    return null;
  }
}
