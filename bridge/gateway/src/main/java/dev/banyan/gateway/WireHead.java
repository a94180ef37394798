package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.nginx.CoreSettings;
import org.jspecify.annotations.Nullable;

/** Lays a response's fields out in the order in which nginx writes them. */
final class WireHead {
  private static final String CONTENT_LENGTH = "Content-Length";

  private WireHead() {}

  static Headers of(Request request, Response response) {
    Headers fields = response.headers();
    CoreSettings core = request.location().core();
    Headers wire = new Headers();
    put(wire, fields, "Server", serverToken(request, response));
    put(wire, fields, "Date", null);
    if (!wire.contains("Date")) {
      wire.add("Date", request.worker().times().http());
    }
    put(wire, fields, "Content-Type", null);
    boolean ownLength = hasExactly(fields, CONTENT_LENGTH);
    if (ownLength) {
      put(wire, fields, CONTENT_LENGTH, null);
    }
    if (dated(response.status())) {
      put(wire, fields, "Last-Modified", null);
    }
    boolean absolute = response.redirectsToPath() && core.absoluteRedirect();
    if (absolute) {
      wire.add("Location", request.absolute(String.valueOf(fields.first("Location"))));
    }
    if (!core.keepaliveHeader().isZero() && request.keepsAlive()) {
      wire.add("Keep-Alive", "timeout=" + core.keepaliveHeader().toSeconds());
    }
    for (int i = 0; i < fields.size(); i++) {
      String name = fields.name(i);
      boolean length = name.length() == 14 && name.equalsIgnoreCase(CONTENT_LENGTH);
      boolean written = length ? ownLength : placed(name);
      if (!written && !(absolute && name.equalsIgnoreCase("Location"))) {
        wire.add(name.equalsIgnoreCase("Location") ? "Location" : name, fields.value(i));
      }
    }
    if (response.repeats()) {
      response.repeated().forEach(wire::add);
    }
    return wire;
  }

  /** A length that Lua spelt its own way goes out in that spelling, among the listed fields. */
  private static boolean hasExactly(Headers fields, String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.name(i).equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String serverToken(Request request, Response response) {
    return response.serverDecided()
        ? null
        : request.service().serverToken(request.location().core().serverTokens());
  }

  /** Whether nginx's header filter lets an answer of this status keep its Last-Modified. */
  private static boolean dated(int status) {
    return status == 200 || status == 206 || status == 304;
  }

  private static void put(Headers wire, Headers fields, String name, @Nullable String fallback) {
    String value = fields.first(name);
    if (value != null && !value.isEmpty()) {
      wire.add(name, value);
    } else if (fallback != null) {
      wire.add(name, fallback);
    }
  }

  private static boolean placed(String name) {
    return switch (name.length()) {
      case 4 -> name.equalsIgnoreCase("Date");
      case 6 -> name.equalsIgnoreCase("Server");
      case 12 -> name.equalsIgnoreCase("Content-Type");
      case 13 -> name.equalsIgnoreCase("Last-Modified");
      default -> false;
    };
  }
}
