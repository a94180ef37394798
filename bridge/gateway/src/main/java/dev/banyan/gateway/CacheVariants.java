package dev.banyan.gateway;

import dev.banyan.api.Headers;
import java.util.List;
import java.util.Locale;

/** What of a request an answer with Vary was made for. */
final class CacheVariants {
  /** Lists of which neither blanks nor empty places mean anything. */
  private static final List<String> LISTS =
      List.of("accept-charset", "accept-encoding", "accept-language");

  private CacheVariants() {}

  /** The fields that a value of Vary names, as this request has them. */
  static String values(Headers sent, String vary) {
    StringBuilder out = new StringBuilder();
    for (String written : vary.split("[, ]+", -1)) {
      String name = written.toLowerCase(Locale.ROOT);
      if (name.isEmpty()) {
        continue;
      }
      out.append(name).append(':');
      for (String value : sent.all(name)) {
        out.append(LISTS.contains(name) ? String.join(",", list(value)) : value).append('\r');
      }
      out.append('\n');
    }
    return out.toString();
  }

  private static List<String> list(String value) {
    return java.util.Arrays.stream(value.split("[, \t]+", -1)).filter(s -> !s.isEmpty()).toList();
  }
}
