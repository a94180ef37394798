package dev.banyan.host;

import dev.banyan.api.Decision;
import dev.banyan.api.Effect;
import dev.banyan.api.Writes;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: what a port declared to write.
 *
 * @param ctx keys of {@code ngx.ctx}
 * @param vars nginx variables
 * @param requestHeaders request headers, compared without case
 * @param responseHeaders response headers, compared without case
 * @param uri whether the URI and arguments may be rewritten
 * @param status whether the response's status may be set
 * @param chunk whether pieces of the response body may be replaced
 * @param peer whether the upstream's peer may be chosen
 * @param files files that may be appended to
 * @param timers timers that may be asked for
 */
public record WriteRules(
    Set<String> ctx,
    Set<String> vars,
    Set<String> requestHeaders,
    Set<String> responseHeaders,
    boolean uri,
    boolean status,
    boolean chunk,
    boolean peer,
    Set<String> files,
    Set<String> timers) {
  static WriteRules of(@Nullable Writes writes) {
    if (writes == null) {
      return new WriteRules(
          Set.of(), Set.of(), Set.of(), Set.of(), false, false, false, false, Set.of(), Set.of());
    }
    return new WriteRules(
        DeclaredNames.exactly(writes.ctx()),
        DeclaredNames.exactly(writes.vars()),
        DeclaredNames.ofFields(writes.requestHeaders()),
        DeclaredNames.ofFields(writes.responseHeaders()),
        writes.uri(),
        writes.status(),
        writes.chunk(),
        writes.peer(),
        Set.of(writes.files()),
        Set.of(writes.timers()));
  }

  /** Whether an effect may change what {@link Relevance} is told by: path, headers, tenant. */
  boolean turnsRelevance() {
    return uri || !requestHeaders.isEmpty() || ctx.contains(Relevance.TENANT);
  }

  /** The first effect that was not declared, in words, or null. */
  @Nullable String firstUndeclared(Decision decision) {
    for (int i = 0; i < decision.effectCount(); i++) {
      String name = undeclared(decision.effect(i));
      if (name != null) {
        return name;
      }
    }
    return null;
  }

  private @Nullable String undeclared(Effect effect) {
    return switch (effect) {
      case Effect.Context(String key, Object _) -> missing(covers(ctx, key), "ctx", key);
      case Effect.Variable(String name, String _) -> missing(covers(vars, name), "vars", name);
      case Effect.RequestHeader(String name, String _) ->
          missing(covers(requestHeaders, name), "requestHeaders", name);
      case Effect.ResponseHeader(String name, String _) -> response(name);
      case Effect.ResponseHeaders(String name, List<String> _) -> response(name);
      case Effect.Uri(String _), Effect.Arguments(String _) -> missing(uri, "uri", "true");
      case Effect.Status(int _) -> missing(status, "status", "true");
      case Effect.Piece(byte[] _) -> missing(chunk, "chunk", "true");
      case Effect.Peer(String _, int _), Effect.MoreTries(int _) -> missing(peer, "peer", "true");
      case Effect.Append(String file, _) -> missing(files.contains(file), "files", file);
      case Effect.Later later -> missing(timers.contains(later.timer()), "timers", later.timer());
      case Effect.Log(int _, String _) -> null;
    };
  }

  private @Nullable String response(String name) {
    return missing(covers(responseHeaders, name), "responseHeaders", name);
  }

  private static boolean covers(Set<String> names, String name) {
    return names instanceof DeclaredNames declared ? declared.covers(name) : names.contains(name);
  }

  private static @Nullable String missing(boolean declared, String member, String value) {
    return declared ? null : "@Writes(" + member + " = " + value + ") is missing";
  }
}
