package dev.banyan.gateway;

import dev.banyan.api.Headers;
import org.jspecify.annotations.Nullable;

/** The cookies of a request, found as nginx finds them: names whatever their case. */
final class Cookies {
  private Cookies() {}

  static @Nullable String find(Headers headers, String name) {
    for (int i = 0; i < headers.size(); i++) {
      String value =
          headers.name(i).equalsIgnoreCase("Cookie") ? find(headers.value(i), name) : null;
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  /** A name may follow a comma too; a value ends at a semicolon alone. */
  private static @Nullable String find(String line, String name) {
    int at = Octets.afterSpaces(line, 0);
    while (at < line.length()) {
      if (line.regionMatches(true, at, name, 0, name.length())) {
        at = Octets.afterSpaces(line, at + name.length());
        if (at < line.length() && line.charAt(at) == '=') {
          int value = Octets.afterSpaces(line, at + 1);
          int end = line.indexOf(';', value);
          return line.substring(value, end < 0 ? line.length() : end);
        }
      }
      at = Octets.afterSpaces(line, separator(line, at) + 1);
    }
    return null;
  }

  private static int separator(String line, int from) {
    int at = from;
    while (at < line.length() && line.charAt(at) != ';' && line.charAt(at) != ',') {
      at++;
    }
    return at;
  }
}
