package dev.banyan.host;

import dev.banyan.api.Decision;
import dev.banyan.api.Effect;
import dev.banyan.api.Writes;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: what a port declared to write.
 *
 * @param ctx keys of {@code ngx.ctx}
 * @param vars nginx variables
 * @param requestHeaders request headers in lower case
 * @param responseHeaders response headers in lower case
 * @param uri whether the URI and arguments may be rewritten
 */
public record WriteRules(
    Set<String> ctx,
    Set<String> vars,
    Set<String> requestHeaders,
    Set<String> responseHeaders,
    boolean uri) {
  static WriteRules of(@Nullable Writes writes) {
    if (writes == null) {
      return new WriteRules(Set.of(), Set.of(), Set.of(), Set.of(), false);
    }
    return new WriteRules(
        Set.copyOf(List.of(writes.ctx())),
        Set.copyOf(List.of(writes.vars())),
        lower(writes.requestHeaders()),
        lower(writes.responseHeaders()),
        writes.uri());
  }

  /** The first effect that was not declared, in words, or null. */
  @Nullable String firstUndeclared(Decision decision) {
    for (Effect effect : decision.effects()) {
      String name = undeclared(effect);
      if (name != null) {
        return name;
      }
    }
    return null;
  }

  private @Nullable String undeclared(Effect effect) {
    return switch (effect) {
      case Effect.Context(String key, Object _) -> ctx.contains(key) ? null : "ctx " + key;
      case Effect.Variable(String name, String _) -> vars.contains(name) ? null : "var " + name;
      case Effect.RequestHeader(String name, String _) ->
          requestHeaders.contains(name.toLowerCase(Locale.ROOT)) ? null : "request header " + name;
      case Effect.ResponseHeader(String name, String _) ->
          responseHeaders.contains(name.toLowerCase(Locale.ROOT))
              ? null
              : "response header " + name;
      case Effect.Uri(String _) -> uri ? null : "uri";
      case Effect.Arguments(String _) -> uri ? null : "arguments";
      case Effect.Log(int _, String _) -> null;
    };
  }

  private static Set<String> lower(String[] names) {
    return Stream.of(names)
        .map(name -> name.toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }
}
