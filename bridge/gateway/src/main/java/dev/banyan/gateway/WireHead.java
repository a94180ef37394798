package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.nginx.CoreSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A response's fields in the order in which nginx writes them.
 *
 * @param leading how many of them go before those of the framing
 */
record WireHead(Headers fields, int leading) {
  private static final String CONTENT_LENGTH = "Content-Length";

  /** What this adds to the fields at most, but for trailers and the like. */
  private static final int OWN_FIELDS = 4;

  static WireHead of(Request request, Response response) {
    Headers fields = response.headers();
    FieldPlaces places = response.places();
    CoreSettings core = request.location().core();
    Headers wire = Headers.withRoomFor(fields.size() + OWN_FIELDS);
    String server = serverToken(request, response);
    if (server != null && !fields.contains("Server")) {
      wire.add("Server", server);
    }
    if (!response.dateDecided() && !fields.contains("Date")) {
      wire.add("Date", request.worker().times().http());
    }
    String type = response.places().typeOnWire();
    if (type != null && !type.isEmpty()) {
      wire.add("Content-Type", type);
    }
    boolean ownLength = !places.lengthListed() && hasExactly(fields, CONTENT_LENGTH);
    if (ownLength) {
      put(wire, fields, CONTENT_LENGTH);
    }
    boolean dated = places.datedAsFile();
    if (dated && mayBeDated(response.status())) {
      put(wire, fields, "Last-Modified");
    }
    boolean absolute = response.redirectsToPath() && core.absoluteRedirect();
    if (absolute) {
      wire.add("Location", OwnAddress.of(request, String.valueOf(fields.first("Location"))));
    }
    int leading = wire.size();
    if (!core.keepaliveHeader().isZero() && request.keepsAlive()) {
      wire.add("Keep-Alive", "timeout=" + core.keepaliveHeader().toSeconds());
    }
    if (response.variesByEncoding() && request.location().settings().gzip().vary()) {
      wire.add("Vary", "Accept-Encoding");
    }
    boolean located = absolute;
    List<FieldPlaces.Repeated> repeated = places.repeated();
    int beside = 0;
    int listed = 0;
    for (int i = 0; i < fields.size(); i++) {
      while (beside < repeated.size() && repeated.get(beside).before() <= listed) {
        wire.add(repeated.get(beside).name(), repeated.get(beside).value());
        beside++;
      }
      String name = fields.name(i);
      if (places.isOwn(name)) {
        continue;
      }
      listed++;
      if (located && name.equalsIgnoreCase("Location")) {
        located = false; // another one is no redirect's
      } else {
        wire.add(name, fields.value(i));
      }
    }
    for (; beside < repeated.size(); beside++) {
      wire.add(repeated.get(beside).name(), repeated.get(beside).value());
    }
    return new WireHead(wire, leading);
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

  /** Whether nginx's header filter lets an answer of this status keep the date of a file. */
  private static boolean mayBeDated(int status) {
    return status == 200 || status == 206 || status == 304;
  }

  private static void put(Headers wire, Headers fields, String name) {
    String value = fields.first(name);
    if (value != null && !value.isEmpty()) {
      wire.add(name, value);
    }
  }

  /** The names of fields whose octets would forge others. */
  static List<String> forging(Headers fields) {
    List<String> names = List.of();
    for (int i = 0; i < fields.size(); i++) {
      String value = fields.value(i);
      if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0 || value.indexOf(0) >= 0) {
        names = names.isEmpty() ? new ArrayList<>() : names; // hardly any answer has one
        names.add(fields.name(i));
      }
    }
    return names;
  }
}
