package dev.banyan.gateway;

import dev.banyan.api.FieldNames;
import dev.banyan.api.Headers;
import dev.banyan.nginx.ProxySettings;
import java.util.Set;

/** Takes an origin's head over into the response. */
final class ProxyResponseHead {
  private static final FieldNames HIDDEN =
      FieldNames.of(
          "date",
          "server",
          "x-pad",
          "x-accel-expires",
          "x-accel-redirect",
          "x-accel-limit-rate",
          "x-accel-buffering",
          "x-accel-charset");

  private static final FieldNames HOP =
      FieldNames.of("connection", "keep-alive", "transfer-encoding", "content-length");

  private ProxyResponseHead() {}

  /** A head as its origin sent it. */
  record Answer(int status, String statusLine, Headers fields) {}

  /** Where an answer comes from, and what becomes of it. */
  enum Source {
    /** From an origin that has judged ranges and conditions itself. */
    ORIGIN,
    /** From an origin that was asked for the whole, which is kept. */
    KEPT,
    CACHE
  }

  static void copy(Request r, PassDialect dialect, Answer answer, Source source) {
    ProxySettings proxy = dialect.settings();
    Headers out = r.response().headers();
    Headers fields = answer.fields();
    for (int i = 0; i < fields.size(); i++) {
      String name = fields.name(i);
      if (!HOP.contains(name) && !hidden(proxy, name)) {
        take(r, dialect, name, fields.value(i));
      }
    }
    String length = fields.first("Content-Length");
    if (length == null) {
      out.remove("Content-Length");
    } else {
      out.set("Content-Length", length);
    }
    if (passes(dialect, fields, "Server")) {
      r.response().decideServer();
    }
    if (passes(dialect, fields, "Date")) {
      r.response().decideDate();
    }
    boolean heeds = !proxy.ignoreHeaders().contains(ProxySettings.IgnoredHeader.X_ACCEL_CHARSET);
    r.response().proxied(heeds ? fields.first("X-Accel-Charset") : null);
    r.response().status(answer.status(), answer.statusLine());
    ranges(r.response(), proxy.forceRanges(), fields, source);
  }

  private static boolean passes(PassDialect dialect, Headers fields, String name) {
    return contains(dialect.settings().passHeaders(), name)
        && (dialect.passesAbsence() || fields.contains(name));
  }

  /** Who serves ranges and judges conditions: the origin, unless it was asked for the whole. */
  private static void ranges(Response out, boolean force, Headers fields, Source source) {
    if (source == Source.ORIGIN) {
      out.judgedByOrigin();
      out.allowOneRange(force);
      return;
    }
    boolean allowed = force || fields.contains("Accept-Ranges");
    if (allowed) {
      out.headers().remove("Accept-Ranges");
    }
    if (source == Source.KEPT) {
      out.allowOneRange(allowed);
    } else {
      out.allowRanges(allowed);
    }
  }

  private static void take(Request r, PassDialect dialect, String name, String value) {
    Headers out = r.response().headers();
    if (name.equalsIgnoreCase("content-type")) {
      out.set(name, value); // the last one counts
      r.response().places().typeCharset(Charset.told(value));
    } else if (name.equalsIgnoreCase("location")) {
      dialect.location(r, name, value);
    } else if (name.equalsIgnoreCase("refresh")) {
      out.add(name, dialect.refresh(value));
    } else if (name.equalsIgnoreCase("set-cookie")) {
      out.add(name, ProxyCookies.rewrite(r, dialect.settings(), value));
    } else if (!name.equalsIgnoreCase("accept-ranges") || !dialect.settings().forceRanges()) {
      out.add(name, value);
    }
  }

  /** Takes the fields behind an answer's body over. */
  static void copyTrailers(Request r, PassDialect dialect, Headers trailers) {
    r.upstream().ended(trailers);
    for (int i = 0; i < trailers.size(); i++) {
      if (!hidden(dialect.settings(), trailers.name(i))) {
        r.response().trailers().add(trailers.name(i), trailers.value(i));
      }
    }
  }

  private static boolean hidden(ProxySettings proxy, String name) {
    return contains(proxy.hideHeaders(), name)
        || (HIDDEN.contains(name) && !contains(proxy.passHeaders(), name));
  }

  private static boolean contains(Set<String> names, String wanted) {
    for (String name : names) {
      if (name.equalsIgnoreCase(wanted)) {
        return true;
      }
    }
    return false;
  }
}
