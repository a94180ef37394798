package dev.banyan.gateway;

import dev.banyan.nginx.BodyFilterSettings;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code charset}: names the charset in Content-Type. */
final class Charset {
  private Charset() {}

  static void apply(Request r, BodyFilterSettings settings) {
    if (settings.charset().isEmpty() || !r.isMain() || redirects(r.response().status())) {
      return;
    }
    String type = r.response().headers().first("Content-Type");
    if (type == null || type.toLowerCase(Locale.ROOT).contains("charset=")) {
      return;
    }
    String charset = settings.charset().evaluate(r);
    if (!charset.isEmpty() && !charset.equals("off") && listed(type, settings.charsetTypes())) {
      r.response().headers().set("Content-Type", type + "; charset=" + charset);
    }
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
