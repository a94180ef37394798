package dev.banyan.gateway;

import dev.banyan.api.FieldNames;
import dev.banyan.api.Headers;
import dev.banyan.nginx.HeaderRules;
import dev.banyan.nginx.HeaderRules.Field;
import dev.banyan.nginx.HeaderRules.Mode;
import dev.banyan.nginx.HeaderRules.Rule;
import java.util.Locale;

/** {@code more_set_headers} and {@code more_clear_headers}. */
final class MoreHeaders {
  /** Of these an origin's are listed like any others, and so keep their spelling. */
  private static final FieldNames LISTED_OF_ORIGINS =
      FieldNames.of("www-authenticate", "content-range", "refresh");

  private static final String CACHE_CONTROL = "Cache-Control";

  private final Response response;
  private final Headers headers;

  private MoreHeaders(Response response) {
    this.response = response;
    this.headers = response.headers();
  }

  static void apply(Request r, HeaderRules rules) {
    if (rules.output().isEmpty()) {
      return;
    }
    MoreHeaders fields = new MoreHeaders(r.response());
    for (Rule rule : rules.output()) {
      if (rule.isFor(r.response().status()) && rule.isFor(fields.type())) {
        for (Field field : rule.fields()) {
          fields.write(field, rule.mode(), field.value().evaluate(r));
        }
      }
    }
  }

  private String type() {
    String type = headers.first("Content-Type");
    int end = type == null ? -1 : type.indexOf(';');
    return type == null ? "" : end < 0 ? type : type.substring(0, end);
  }

  private void write(Field field, Mode mode, String value) {
    String name = field.name();
    if (mode == Mode.APPEND) {
      append(name, value);
    } else if (field.wildcard()) {
      all(field, value);
    } else {
      one(name, value);
    }
  }

  private void append(String name, String value) {
    if (!value.isEmpty()) {
      headers.add(name, value);
    }
  }

  private void one(String name, String value) {
    switch (name.toLowerCase(Locale.ROOT)) {
      case "server" -> {
        response.decideServer();
        put(name, value);
      }
      case "date" -> {
        response.decideDate();
        put(name, value);
      }
      case "content-type" -> {
        response.decideContentType();
        put("Content-Type", value);
        String charset = Charset.told(value);
        response.typeCharset(charset.isEmpty() ? response.typeCharset() : charset);
      }
      case "content-length" -> length(name, value);
      case "last-modified" -> {
        response.places().listDateAlone();
        put(name, value);
      }
      case "accept-ranges" -> {
        response.allowRanges(response.rangesAllowed() && !value.isEmpty());
        put(name, value);
      }
      case "location" -> response.relocate(name, value);
      case "e-tag" -> tag(name, value);
      case "cache-control" -> cacheControl(value);
      case "expires" -> {
        put(name, value);
        if (value.isEmpty()) {
          response.places().withhold(name);
        }
      }
      case "content-encoding", "refresh", "content-range", "www-authenticate" -> {
        if (response.isProxied() && LISTED_OF_ORIGINS.contains(name)) {
          listed(name, value);
        } else {
          put(name, value);
        }
      }
      default -> listed(name, value);
    }
  }

  /** A field of which there is one, spelled as it was written last. */
  private void put(String name, String value) {
    if (value.isEmpty()) {
      headers.remove(name);
    } else {
      headers.set(name, value);
    }
  }

  /** A field like any other: the first one keeps its spelling, the others go. */
  private void listed(String name, String value) {
    if (value.isEmpty()) {
      headers.remove(name);
    } else {
      headers.setValue(name, value);
    }
  }

  /** By this name the module knows the ETag, which is then spelled so. */
  private void tag(String name, String value) {
    int known = headers.indexOf("ETag");
    int at = known < 0 ? headers.indexOf(name) : known;
    if (at < 0) {
      listed(name, value);
    } else if (value.isEmpty()) {
      headers.removeAt(at);
    } else {
      headers.setAt(at, name, value);
    }
  }

  private void length(String name, String value) {
    if (value.isEmpty()) {
      response.places().forgetLength();
      return;
    }
    if (Octets.decimal(value) < 0) {
      throw new ResponseAborted(-1);
    }
    response.places().listLength();
    headers.set(name, value);
  }

  /** The module makes one that is empty where it clears none, and {@code expires} fills it. */
  private void cacheControl(String value) {
    boolean cleared = response.places().withholds(CACHE_CONTROL);
    if (value.isEmpty() && (cleared || headers.contains(CACHE_CONTROL))) {
      headers.remove(CACHE_CONTROL);
      response.places().withhold(CACHE_CONTROL);
    } else {
      headers.setValue(CACHE_CONTROL, value);
    }
  }

  /** Every listed field that begins so: the first one takes the value, the others go. */
  private void all(Field field, String value) {
    boolean written = value.isEmpty();
    boolean found = false;
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.name(i);
      if (!field.covers(name) || response.places().isOwn(name)) {
        continue;
      }
      found = true;
      if (written) {
        response.explicit(name);
        headers.removeAt(i--);
      } else {
        headers.setAt(i, name, value);
        written = true;
      }
    }
    if (!found && !value.isEmpty()) {
      headers.add(field.name(), value);
    }
  }
}
