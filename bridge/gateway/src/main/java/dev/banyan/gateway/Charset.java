package dev.banyan.gateway;

import dev.banyan.nginx.BodyFilterSettings;
import dev.banyan.nginx.CharsetTable;
import dev.banyan.nginx.script.Template;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code charset}: names the charset in Content-Type, and finds what converts to it. */
final class Charset {
  private static final String OFF = "off";
  private static final String PARAMETER = "charset=";

  private Charset() {}

  /** Names the charset; answers what the body has to be converted by, null for nothing. */
  static @Nullable CharsetTable apply(Request r, BodyFilterSettings settings) {
    Response response = r.response();
    String to = r.isMain() ? wanted(r, settings) : r.main().response().charset();
    String type = to.isEmpty() ? null : response.headers().first("Content-Type");
    if (type == null) {
      return null;
    }
    boolean described = type.indexOf(';') >= 0;
    String told = response.isProxied() ? told(type) : "";
    if (told.isEmpty() && response.isProxied()) {
      told = response.places().typeCharset();
    }
    boolean asked = settings.overrideCharset() || response.acceleratedCharset() != null;
    boolean anyType = response.acceleratedCharset() != null || (asked && !told.isEmpty());
    if (!anyType && !listed(type, settings.charsetTypes())) {
      return null;
    }
    if (described && told.isEmpty() && (response.isProxied() || type.equals(MediaTypes.of(r)))) {
      return null;
    }
    if (!told.isEmpty() && r.isMain() && !asked) {
      response.charset(told);
      return null;
    }
    Template source = settings.sourceCharset();
    String from = !told.isEmpty() ? told : source == null ? to : source.evaluate(r);
    if (from.equalsIgnoreCase(to)) {
      boolean kept = described && told.isEmpty() && source == null;
      name(response, kept ? type : named(type, to), to);
      return null;
    }
    if (response.headers().contains("Content-Encoding")) {
      return null; // the octets are no text that could be converted
    }
    CharsetTable table = r.service().http().charsets().table(from, to);
    if (table == null) {
      r.log(
          ErrorLog.ERROR,
          "no \"charset_map\" between the charsets \"" + from + "\" and \"" + to + '"');
      return null;
    }
    name(response, named(type, to), to);
    if (!(table instanceof CharsetTable.Octets)) { // its length changes
      response.headers().remove("Content-Length");
      response.headers().remove("Accept-Ranges");
      response.allowRanges(false);
    }
    return table;
  }

  /** What the origin, or else the configuration, wants a body to be in; empty for nothing. */
  private static String wanted(Request r, BodyFilterSettings settings) {
    String accelerated = r.response().acceleratedCharset();
    if (accelerated != null) {
      boolean known = r.service().http().charsets().knows(accelerated);
      if (!known && r.response().headers().contains("Content-Type")) {
        r.log(ErrorLog.ERROR, "unknown charset \"" + accelerated + "\" to override");
      }
      return known ? accelerated : "";
    }
    String charset = settings.charset().evaluate(r);
    return charset.equals(OFF) ? "" : charset;
  }

  /** The charset that a type names next to itself; empty for none. */
  static String told(String type) {
    for (int i = type.indexOf(';'); i >= 0; i = type.indexOf(';', i + 1)) {
      int start = Octets.afterSpaces(type, i + 1);
      if (type.regionMatches(true, start, PARAMETER, 0, PARAMETER.length())) {
        String value = type.substring(start + PARAMETER.length());
        int from = value.startsWith("\"") ? 1 : 0;
        int to = value.endsWith("\"") ? value.length() - 1 : value.length();
        return value.substring(from, Math.max(from, to));
      }
    }
    return "";
  }

  private static String named(String type, String charset) {
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)) + "; " + PARAMETER + charset;
  }

  private static void name(Response response, String type, String charset) {
    if (!redirects(response.status())) {
      response.headers().set("Content-Type", type);
    }
    response.charset(charset);
  }

  /** Browsers of old took a redirect's charset for that of the page it leads to. */
  private static boolean redirects(int status) {
    return status == HttpStatus.MOVED_PERMANENTLY || status == HttpStatus.FOUND;
  }

  /** Whether a list of media types holds a Content-Type's type; a star holds even what has none. */
  static boolean listed(@Nullable String contentType, Set<String> types) {
    if (types.contains("*")) {
      return true;
    }
    if (contentType == null) {
      return false;
    }
    int end = contentType.indexOf(';');
    String type = (end < 0 ? contentType : contentType.substring(0, end)).strip();
    return types.contains(type.toLowerCase(Locale.ROOT));
  }
}
