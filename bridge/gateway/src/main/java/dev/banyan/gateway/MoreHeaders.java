package dev.banyan.gateway;

import dev.banyan.api.FieldNames;
import dev.banyan.api.Headers;
import dev.banyan.nginx.HeaderRules;
import dev.banyan.nginx.HeaderRules.Field;
import dev.banyan.nginx.HeaderRules.Mode;
import dev.banyan.nginx.HeaderRules.Rule;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Owned by one head: {@code more_set_headers} and {@code more_clear_headers}. */
final class MoreHeaders {
  /** Of these an origin's are listed like any others, and so keep their spelling. */
  private static final FieldNames LISTED_OF_ORIGINS =
      FieldNames.of("www-authenticate", "content-range", "refresh");

  private static final String CACHE_CONTROL = "Cache-Control";
  private static final String LOCATION = "Location";
  private static final String CONTENT_TYPE = "Content-Type";

  private final HeaderRules rules;
  private final Response response;
  private final Headers headers;

  /** The type that rules are for; a 304 has lost its own, and still counts as of that type. */
  private String type;

  /** Whether the ETag is the one that nginx knows, rather than a field like any other. */
  private final boolean tagged;

  /** Cleared fields, in lower case, whose places in the list are kept for what is set next. */
  private final Set<String> cleared = new HashSet<>(0);

  private MoreHeaders(HeaderRules rules, Response response) {
    this.rules = rules;
    this.response = response;
    this.headers = response.headers();
    this.type = type(headers.first(CONTENT_TYPE));
    this.tagged = headers.contains("ETag");
  }

  /** What a location makes of the fields of its answers, as they are before any filter; or null. */
  static @Nullable MoreHeaders of(Request r, HeaderRules rules) {
    return rules.output().isEmpty() ? null : new MoreHeaders(rules, r.response());
  }

  void apply(Request r) {
    for (Rule rule : rules.output()) {
      if (rule.isFor(response.status()) && rule.isFor(type)) {
        for (Field field : rule.fields()) {
          write(field, rule.mode(), field.value().evaluate(r));
        }
      }
    }
    for (String name : cleared) {
      if (isCleared(headers.first(name))) {
        headers.remove(name);
      }
    }
  }

  private static String type(@Nullable String contentType) {
    int end = contentType == null ? -1 : contentType.indexOf(';');
    return contentType == null ? "" : end < 0 ? contentType : contentType.substring(0, end);
  }

  /** Whether a field is a cleared one's place. */
  private boolean isPlace(int i) {
    return headers.value(i).isEmpty() && cleared.contains(headers.name(i).toLowerCase(Locale.ROOT));
  }

  private static boolean isCleared(@Nullable String value) {
    return value != null && value.isEmpty();
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
        if (value.isEmpty()) {
          headers.remove(CONTENT_TYPE);
        } else {
          headers.set(CONTENT_TYPE, value);
        }
        type = type(value);
        String charset = Charset.told(value);
        response
            .places()
            .typeCharset(charset.isEmpty() ? response.places().typeCharset() : charset);
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
      case "location" -> {
        if (value.isEmpty()) {
          put(name, value);
        } else {
          response.redirectTo(spelled(name), value);
        }
      }
      case "e-tag" -> tag(name, value);
      case "cache-control" -> cacheControl(value);
      case "expires" -> {
        if (value.isEmpty()) {
          response.places().withhold(name);
        }
        put(name, value);
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

  /** A field of which there is one, spelled as it was written last, where the first one stood. */
  private void put(String name, String value) {
    if (value.isEmpty()) {
      cleared.add(name.toLowerCase(Locale.ROOT));
    }
    headers.set(name, value);
  }

  /** How Location goes out: as it was, unless it is nginx's own or names another server. */
  private String spelled(String name) {
    String old = headers.first(LOCATION);
    String spelling = headers.spelling(LOCATION);
    boolean known =
        response.redirectsToPath()
            || old == null
            || (!old.startsWith("/") && !response.isProxied());
    return known || spelling == null ? name : spelling;
  }

  /** A field like any other: the first one keeps its spelling, the others go. */
  private void listed(String name, String value) {
    if (value.isEmpty()) {
      headers.remove(name);
    } else {
      headers.setValue(name, value);
    }
  }

  /** By this name the module knows nginx's ETag, which is then spelled so. */
  private void tag(String name, String value) {
    int at = tagged && headers.contains("ETag") ? headers.indexOf("ETag") : headers.indexOf(name);
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
    if (value.isEmpty() && (isWithheld() || headers.contains(CACHE_CONTROL))) {
      response.places().withhold(CACHE_CONTROL);
      put(CACHE_CONTROL, value);
    } else {
      headers.setValue(CACHE_CONTROL, value);
      cleared.remove("cache-control");
    }
  }

  private boolean isWithheld() {
    return cleared.contains("cache-control") || response.places().withholds(CACHE_CONTROL);
  }

  /** Every listed field that begins so: the first one takes the value, the others go. */
  private void all(Field field, String value) {
    boolean written = value.isEmpty();
    boolean found = false;
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.name(i);
      if (!field.covers(name) || response.places().isOwn(name) || isPlace(i)) {
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
