package dev.banyan.nginx;

import dev.banyan.nginx.syntax.Directive;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code iconv_filter}: answers are written in another encoding.
 *
 * @param from the encoding they are in
 * @param to the one they get
 */
public record Recoding(String from, String to) {
  private static final String FROM = "from=";
  private static final String TO = "to=";

  /** What counts at a level; null for nothing. */
  static @Nullable Recoding read(Scope scope) {
    Directive size = scope.one("iconv_buffer_size");
    if (size != null && scope.size("iconv_buffer_size", 2) < 2) {
      scope.problem(size, "iconv_buffer_size must not less than 2 bytes");
    }
    Optional<Recoding> filter =
        scope.read(
            "iconv_filter",
            Optional.empty(),
            directive ->
                Optional.of(
                    new Recoding(
                        option(directive, directive.arg(0), FROM),
                        option(directive, directive.arg(1), TO))));
    return filter.orElse(null);
  }

  /** The encoding that an option names. */
  static String option(Directive directive, String word, String name) {
    if (!word.toLowerCase(Locale.ROOT).startsWith(name)) {
      throw directive.error(
          "\"" + directive.name() + "\" directive expects \"" + name + "\" at \"" + word + "\"");
    }
    return word.substring(name.length());
  }
}
