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

  private static @Nullable String find(String line, String name) {
    int at = 0;
    while (at < line.length()) {
      int end = line.indexOf(';', at);
      int stop = end < 0 ? line.length() : end;
      while (at < stop && line.charAt(at) == ' ') {
        at++;
      }
      if (line.regionMatches(true, at, name, 0, name.length())) {
        int equals = at + name.length();
        while (equals < stop && line.charAt(equals) == ' ') {
          equals++;
        }
        if (equals < stop && line.charAt(equals) == '=') {
          return line.substring(equals + 1, stop).stripLeading();
        }
      }
      at = stop + 1;
    }
    return null;
  }
}
