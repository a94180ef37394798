package dev.banyan.gateway.seam;

import dev.banyan.lua.ngx.FieldSpelling;
import dev.banyan.lua.seam.Watched;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * For any thread: what the places are called that effects write to, remembered for names that ports
 * write again and again.
 */
final class PlaceNames {
  /** Ports may make names out of what clients send, so that only some are remembered. */
  private static final int MAX_KNOWN = 512;

  private static final int MAX_LENGTH = 100;

  private static final Names<String> VARIABLES = new Names<>(name -> "var " + name);
  private static final Names<String> CONTEXT = new Names<>(key -> "ctx " + key);
  private static final Names<Header> REQUEST =
      new Names<>(name -> Header.of("request header ", name));
  private static final Names<Header> RESPONSE =
      new Names<>(name -> Header.of("response header ", name));

  private PlaceNames() {}

  /**
   * Immutable: the places of a header.
   *
   * @param field of its values
   * @param spelling of how its name is spelled
   * @param isShown whether that is shown to clients
   */
  record Header(String field, String spelling, boolean isShown) {
    private static Header of(String kind, String name) {
      String field = kind + name.toLowerCase(Locale.ROOT);
      return new Header(field, Watched.SPELLING + field, FieldSpelling.isShown(name));
    }
  }

  /** For any thread: what was worked out for names, as far as it is remembered. */
  private record Names<T>(Map<String, T> known, Function<String, T> how) {
    Names(Function<String, T> how) {
      this(new ConcurrentHashMap<>(), how);
    }

    T of(String name) {
      T found = known.get(name);
      if (found == null) {
        found = how.apply(name);
        if (known.size() < MAX_KNOWN && name.length() <= MAX_LENGTH) {
          known.put(name, found);
        }
      }
      return found;
    }
  }

  /** The place of an nginx variable. */
  static String variable(String name) {
    return VARIABLES.of(name);
  }

  /** The place of a key of {@code ngx.ctx}. */
  static String context(String key) {
    return CONTEXT.of(key);
  }

  /** The places of a request header, however its name is written. */
  static Header request(String name) {
    return REQUEST.of(name);
  }

  /** The places of a response header. */
  static Header response(String name) {
    return RESPONSE.of(name);
  }
}
