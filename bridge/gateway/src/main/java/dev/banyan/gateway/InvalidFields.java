package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.nginx.ServerSettings;

/**
 * Drops request fields whose names nginx finds invalid: everything but letters, digits and hyphens,
 * and underscores where {@code underscores_in_headers} is on. Without it a client's {@code X_User}
 * would pass for a trusted {@code X-User} in {@code $http_x_user}.
 */
final class InvalidFields {
  private InvalidFields() {}

  static void drop(Headers headers, ServerSettings settings) {
    if (!settings.ignoreInvalidHeaders()) {
      return;
    }
    for (int i = headers.size() - 1; i >= 0; i--) {
      if (!valid(headers.name(i), settings.underscoresInHeaders())) {
        headers.removeAt(i);
      }
    }
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
