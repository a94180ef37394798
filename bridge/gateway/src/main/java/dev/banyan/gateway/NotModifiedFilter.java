package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.lua.ngx.text.HttpTime;
import dev.banyan.nginx.CoreSettings;
import java.util.OptionalLong;

/** Conditional requests: 304 and 412. */
final class NotModifiedFilter {
  private NotModifiedFilter() {}

  static void apply(Request r) {
    Response response = r.response();
    if (response.status() != HttpStatus.OK || response.unconditional()) {
      return;
    }
    Headers in = r.headers();
    String unmodified = in.first("If-Unmodified-Since");
    String match = in.first("If-Match");
    if ((unmodified != null && changedSince(response, unmodified))
        || (match != null && !matches(response, match, false))) {
      throw ResponseAborted.replacing(HttpStatus.PRECONDITION_FAILED);
    }
    String modified = in.first("If-Modified-Since");
    String noneMatch = in.first("If-None-Match");
    if (modified == null && noneMatch == null) {
      return;
    }
    if (modified != null && modified(r, modified)) {
      return;
    }
    if (noneMatch != null && !matches(response, noneMatch, true)) {
      return;
    }
    response.status(HttpStatus.NOT_MODIFIED);
    response.headers().remove("Content-Type");
    response.headers().remove("Content-Length");
    response.headers().remove("Content-Encoding");
    response.headers().remove("Accept-Ranges");
  }

  private static OptionalLong lastModified(Response response) {
    String field = response.places().lastModified();
    return field == null ? OptionalLong.empty() : HttpTime.parse(field);
  }

  private static boolean changedSince(Response response, String since) {
    OptionalLong last = lastModified(response);
    OptionalLong limit = HttpTime.parse(since);
    return last.isEmpty() || !(limit.isPresent() && last.getAsLong() <= limit.getAsLong());
  }

  private static boolean modified(Request r, String since) {
    OptionalLong last = lastModified(r.response());
    CoreSettings.IfModifiedSince mode = r.location().core().ifModifiedSince();
    OptionalLong time = HttpTime.parse(since);
    if (last.isEmpty() || mode == CoreSettings.IfModifiedSince.OFF || time.isEmpty()) {
      return true;
    }
    if (time.getAsLong() == last.getAsLong()) {
      return false;
    }
    return mode == CoreSettings.IfModifiedSince.EXACT || time.getAsLong() < last.getAsLong();
  }

  private static boolean matches(Response response, String list, boolean weak) {
    if (list.equals("*")) {
      return true;
    }
    String etag = response.places().tag();
    if (etag == null) {
      return false;
    }
    String wanted = weak && etag.startsWith("W/") ? etag.substring(2) : etag;
    for (String candidate : list.split(",")) {
      String stripped = candidate.strip();
      if (weak && stripped.startsWith("W/")) {
        stripped = stripped.substring(2);
      }
      if (stripped.equals(wanted)) {
        return true;
      }
    }
    return false;
  }
}
