package dev.banyan.gateway;

import dev.banyan.api.FieldNames;
import dev.banyan.api.Headers;
import dev.banyan.lua.ngx.text.HttpTime;
import dev.banyan.nginx.HeaderSettings;
import dev.banyan.nginx.syntax.Units;
import java.time.Duration;
import java.util.OptionalLong;

/** {@code expires}, {@code add_header} and {@code add_trailer}. */
final class AddedHeaders {
  private static final long DAY = 86_400;
  private static final int CHUNKING = 11;
  private static final Headers NOTHING = new Headers();

  /** Fields that nginx writes itself, beside which a configured one stands, even of that name. */
  private static final FieldNames REPEATED =
      FieldNames.of("server", "date", "content-type", "content-length");

  private AddedHeaders() {}

  static void apply(Request r, HeaderSettings settings) {
    boolean safe = safe(r.response().status());
    HeaderSettings.Expires expires = settings.expires();
    if (safe && expires.kind() != HeaderSettings.Expires.Kind.OFF) {
      expire(r, resolve(r, expires));
    }
    Headers fields = r.response().headers();
    for (HeaderSettings.Added added : settings.headers()) {
      if (!safe && !added.always()) {
        continue;
      }
      String value = added.value().evaluate(r);
      boolean single =
          added.name().equalsIgnoreCase("Last-Modified") || added.name().equalsIgnoreCase("ETag");
      if (single && value.isEmpty()) {
        fields.remove(added.name());
      } else if (single) {
        if (added.name().equalsIgnoreCase("Last-Modified")) {
          r.response().places().listDate();
        }
        fields.set(added.name(), value);
      } else if (REPEATED.contains(added.name()) && !value.isEmpty()) {
        r.response().places().repeat(added.name(), value);
      } else if (!value.isEmpty()) {
        fields.add(added.name(), value);
      }
    }
  }

  /** Trailers need chunks, which a length forbids. */
  static void expectTrailers(Request r, HeaderSettings settings) {
    if (settings.trailers().isEmpty()
        || r.method().equals("HEAD")
        || r.response().headerOnly()
        || !r.location().core().chunkedTransferEncoding()
        || r.client().exchange().version() != CHUNKING) {
      return;
    }
    boolean safe = safe(r.response().status());
    if (settings.trailers().stream().anyMatch(t -> safe || t.always())) {
      r.response().headers().remove("Content-Length");
    }
  }

  /** The fields of {@code add_trailer}, evaluated when the body has been sent. */
  static Headers trailers(Request r, HeaderSettings settings) {
    if (settings.trailers().isEmpty()) {
      return NOTHING;
    }
    boolean safe = safe(r.response().status());
    Headers trailers = new Headers();
    for (HeaderSettings.Added added : settings.trailers()) {
      String value = safe || added.always() ? added.value().evaluate(r) : "";
      if (!value.isEmpty()) {
        trailers.add(added.name(), value);
      }
    }
    return trailers;
  }

  private static boolean safe(int status) {
    return switch (status) {
      case 200, 201, 204, 206, 301, 302, 303, 304, 307, 308 -> true;
      default -> false;
    };
  }

  private static HeaderSettings.Expires resolve(Request r, HeaderSettings.Expires expires) {
    if (expires.template() == null) {
      return expires;
    }
    String text = expires.template().evaluate(r);
    return switch (text) {
      case "", "off" -> HeaderSettings.Expires.NONE;
      case "epoch" -> fixed(HeaderSettings.Expires.Kind.EPOCH, Duration.ZERO);
      case "max" -> fixed(HeaderSettings.Expires.Kind.MAX, Duration.ZERO);
      default -> time(text);
    };
  }

  private static HeaderSettings.Expires time(String text) {
    HeaderSettings.Expires.Kind kind = HeaderSettings.Expires.Kind.ACCESS;
    String rest = text;
    if (rest.startsWith("@")) {
      kind = HeaderSettings.Expires.Kind.DAILY;
      rest = rest.substring(1);
    }
    boolean negative = rest.startsWith("-");
    try {
      Duration time = Units.time(negative || rest.startsWith("+") ? rest.substring(1) : rest);
      return fixed(kind, negative ? time.negated() : time);
    } catch (NumberFormatException e) {
      return HeaderSettings.Expires.NONE; // as nginx: what can't be read sets nothing
    }
  }

  private static HeaderSettings.Expires fixed(HeaderSettings.Expires.Kind kind, Duration time) {
    return new HeaderSettings.Expires(kind, time, null);
  }

  private static void expire(Request r, HeaderSettings.Expires expires) {
    Response response = r.response();
    long now = r.worker().nowMillis() / 1000;
    switch (expires.kind()) {
      case OFF, COMPUTED -> {
        // nothing to say
      }
      case EPOCH -> set(response, "Thu, 01 Jan 1970 00:00:01 GMT", "no-cache");
      case MAX -> set(response, "Thu, 31 Dec 2037 23:55:55 GMT", "max-age=315360000");
      case ACCESS -> relative(response, now, expires.time().toSeconds());
      case MODIFIED -> {
        String modified = response.places().dated();
        OptionalLong last = modified == null ? OptionalLong.empty() : HttpTime.parse(modified);
        long base = last.orElse(now);
        relative(response, now, base + expires.time().toSeconds() - now);
      }
      case DAILY -> {
        long time = expires.time().toSeconds();
        long midnight = now - now % DAY;
        long at = midnight + time;
        relative(response, now, (at > now ? at : at + DAY) - now);
      }
    }
  }

  private static void relative(Response response, long now, long seconds) {
    set(response, HttpTime.http(now + seconds), seconds < 0 ? "no-cache" : "max-age=" + seconds);
  }

  private static void set(Response response, String expires, String cacheControl) {
    put(response, "Expires", expires);
    put(response, "Cache-Control", cacheControl);
  }

  private static void put(Response response, String name, String value) {
    if (!response.places().withholds(name)) {
      response.headers().setValue(name, value);
    }
  }
}
