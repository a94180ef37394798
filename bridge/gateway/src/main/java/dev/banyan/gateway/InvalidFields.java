package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.nginx.ServerSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * Drops request fields whose names nginx finds invalid: everything but letters, digits and hyphens,
 * and underscores where {@code underscores_in_headers} is on. Without it a client's {@code X_User}
 * would pass for a trusted {@code X-User} in {@code $http_x_user}.
 */
final class InvalidFields {
  private InvalidFields() {}

  /**
   * Drops them by the rules of the default server up to the Host field, and from there on by those
   * of the server that it names. Returns them as they were sent.
   */
  static List<String> drop(Headers headers, ServerSettings standard, ServerSettings named) {
    int host = 0;
    while (host < headers.size() && !headers.name(host).equalsIgnoreCase("Host")) {
      host++;
    }
    List<String> dropped = List.of();
    for (int i = headers.size() - 1; i >= 0; i--) {
      ServerSettings settings = i > host ? named : standard;
      if (settings.ignoreInvalidHeaders()
          && !valid(headers.name(i), settings.underscoresInHeaders())) {
        dropped = dropped.isEmpty() ? new ArrayList<>() : dropped;
        dropped.addFirst(headers.name(i) + ": " + headers.value(i));
        headers.removeAt(i);
      }
    }
    return dropped;
  }

  private static boolean valid(String name, boolean underscores) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z' && c < 0x7f;
      boolean digit = c >= '0' && c <= '9';
      if (!letter && !digit && c != '-' && !(c == '_' && underscores)) {
        return false;
      }
    }
    return true;
  }
}
