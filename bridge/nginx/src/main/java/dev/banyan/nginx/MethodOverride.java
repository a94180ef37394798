package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code override_method}: the request goes on with another method than its own.
 *
 * @param methods the methods that are overridden; empty for all of them
 * @param source which one takes their place; null where the client's own counts
 */
public record MethodOverride(Set<String> methods, @Nullable Template source) {
  /** Every method that may take another one's place. */
  public static final Set<String> KNOWN =
      Set.of(
          "GET",
          "HEAD",
          "POST",
          "PUT",
          "DELETE",
          "MKCOL",
          "COPY",
          "MOVE",
          "OPTIONS",
          "PROPFIND",
          "PROPPATCH",
          "LOCK",
          "UNLOCK",
          "PATCH");

  private static final MethodOverride NONE = new MethodOverride(Set.of(), null);

  public MethodOverride {
    methods = Set.copyOf(methods);
  }

  static MethodOverride read(Scope scope) {
    return scope.read(
        "override_method",
        NONE,
        directive -> {
          List<String> words = directive.args();
          if (words.getFirst().equals("off")) {
            return NONE;
          }
          if (words.getLast().isEmpty()) {
            throw directive.error(
                "coolkit: empty source in \"" + directive.name() + "\" directive");
          }
          Set<String> methods = new HashSet<>();
          for (String word : words.subList(0, words.size() - 1)) {
            String method = word.toUpperCase(Locale.ROOT);
            if (!KNOWN.contains(method)) {
              throw directive.error(
                  "coolkit: invalid method \"%s\" in \"%s\" directive"
                      .formatted(word, directive.name()));
            }
            methods.add(method);
          }
          return new MethodOverride(methods, scope.compiler().template(directive, words.getLast()));
        });
  }
}
