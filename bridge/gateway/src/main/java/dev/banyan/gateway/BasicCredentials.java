package dev.banyan.gateway;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The name and password of an {@code Authorization: Basic} field. */
record BasicCredentials(String name, String password) {
  static @Nullable BasicCredentials of(Request r) {
    String field = r.headers().first("Authorization");
    if (field == null || !field.regionMatches(true, 0, "Basic ", 0, 6)) {
      return null;
    }
    try {
      String pair =
          Octets.string(Base64.getDecoder().decode(Octets.bytes(field.substring(6).strip())));
      int colon = pair.indexOf(':');
      return colon < 0
          ? null
          : new BasicCredentials(pair.substring(0, colon), pair.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      return null; // not base64: no credentials, as nginx has it
    }
  }

  static @Nullable String user(Request r) {
    BasicCredentials credentials = of(r);
    return credentials == null || credentials.name().isEmpty() ? null : credentials.name();
  }
}
