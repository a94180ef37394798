package dev.banyan.lua.ngx;

import dev.banyan.api.FieldNames;
import dev.banyan.api.Headers;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.ngx.text.FieldEscape;
import java.util.List;

/** How {@code ngx.header} changes the response's fields. */
final class ResponseFields {
  private static final String CONTENT_TYPE = "content-type";
  private static final String CONTENT_LENGTH = "content-length";

  /** Fields that nginx keeps once, whatever is added. */
  private static final FieldNames SINGLE =
      FieldNames.of(
          "server",
          "date",
          "content-encoding",
          "location",
          "refresh",
          "last-modified",
          "content-range",
          "accept-ranges",
          "www-authenticate",
          "expires",
          "etag",
          CONTENT_LENGTH,
          CONTENT_TYPE);

  /** Those of them that, set once more, stay spelled as they were. */
  private static final FieldNames KEEPING_NAME =
      FieldNames.of("location", "refresh", "www-authenticate");

  /** Fields that nginx can write itself, and lists once Lua has set them. */
  private static final FieldNames LISTED = FieldNames.of(CONTENT_LENGTH, "last-modified");

  /** Fields that, once Lua has cleared them, {@code expires} doesn't bring back. */
  private static final FieldNames WITHHELD = FieldNames.of("expires", "cache-control");

  private ResponseFields() {}

  /**
   * The field's name as it goes out: underscores become hyphens where the configuration says so.
   */
  static String name(RequestHost request, String key) {
    return key.indexOf('_') >= 0 && request.settings().transformUnderscores()
        ? key.replace('_', '-')
        : key;
  }

  /** The fields that nginx keeps apart from its list and writes itself, in lower case. */
  static Headers own(RequestHost request) {
    Headers headers = request.responseHeaders();
    Headers own = new Headers();
    String type = headers.first(CONTENT_TYPE);
    if (type != null) {
      own.add(CONTENT_TYPE, type);
    }
    String length = headers.first(CONTENT_LENGTH);
    if (length != null && request.writesItself("Content-Length")) {
      own.add(CONTENT_LENGTH, length);
    }
    for (String name : List.of("connection", "transfer-encoding")) {
      String value =
          headers.contains(name) ? null : request.variable("sent_http_" + name.replace('-', '_'));
      if (value != null && !value.isEmpty()) {
        own.add(name, value);
      }
    }
    return own;
  }

  /** The fields in nginx's list. */
  static Headers listed(RequestHost request) {
    Headers listed = request.responseHeaders().copy();
    for (String name : List.of(CONTENT_TYPE, "Content-Length", "Last-Modified")) {
      if (request.writesItself(name)) {
        listed.remove(name);
      }
    }
    return listed;
  }

  /** Whether nginx takes this value, the last one: a length has to be one. */
  static boolean accepts(String name, String value) {
    return !name.equalsIgnoreCase(CONTENT_LENGTH)
        || value.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /**
   * What stands at a field that was replaced by these values: some are kept once, empty ones are
   * none.
   */
  static List<String> shown(String name, List<String> values) {
    boolean once = !values.isEmpty() && SINGLE.contains(name) && !localRedirect(name, values);
    return (once ? List.of(values.getLast()) : values)
        .stream().filter(value -> !value.isEmpty()).map(FieldEscape.VALUE::escape).toList();
  }

  static void set(RequestHost request, String key, List<String> values, boolean override) {
    Headers headers = request.responseHeaders();
    String name = FieldEscape.NAME.escape(key);
    if (name.equalsIgnoreCase(CONTENT_TYPE) || name.equalsIgnoreCase("Server")) {
      request.explicitField(name);
    }
    if (values.isEmpty()) {
      clear(request, name);
      return;
    }
    if (SINGLE.contains(name) && !localRedirect(name, values)) {
      single(request, name, FieldEscape.VALUE.escape(values.getLast()));
      return;
    }
    boolean replace = override;
    for (String value : values) {
      String escaped = FieldEscape.VALUE.escape(value);
      if (replace && escaped.isEmpty()) {
        clear(request, name);
      } else if (replace) {
        headers.setValue(name, escaped);
      } else if (!escaped.isEmpty()) {
        headers.add(name, escaped);
      }
      replace = false;
    }
  }

  /** Whether a field that is there takes the spelling in which it is set once more. */
  static boolean isRespelled(String name) {
    return SINGLE.contains(name) && !KEEPING_NAME.contains(name);
  }

  /** Whether a Location stays as it is written, which nginx keeps like any other field. */
  private static boolean localRedirect(String name, List<String> values) {
    return name.equalsIgnoreCase("Location") && values.stream().allMatch(v -> v.startsWith("/"));
  }

  private static void clear(RequestHost request, String name) {
    request.responseHeaders().remove(name);
    if (WITHHELD.contains(name)) {
      request.explicitField(name);
    }
  }

  private static void single(RequestHost request, String name, String value) {
    Headers headers = request.responseHeaders();
    if (value.isEmpty()) {
      clear(request, name);
      return;
    }
    if (!accepts(name, value)) {
      throw LuaErrors.raise("failed to set header");
    }
    if (LISTED.contains(name)) {
      request.explicitField(name);
    }
    if (isRespelled(name)) {
      headers.set(name, value);
    } else {
      headers.setValue(name, value);
    }
  }
}
