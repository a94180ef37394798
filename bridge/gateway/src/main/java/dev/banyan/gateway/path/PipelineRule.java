package dev.banyan.gateway.path;

import dev.banyan.lua.seam.ModuleCall;
import dev.banyan.nginx.LuaPlace;
import dev.banyan.nginx.script.LuaPhase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: the declaration that a handler of Lua does nothing but call these functions in order.
 *
 * @param phase when the handler runs
 * @param server one of its server's names; null for any server, or none
 * @param location its location as the nginx.conf writes it; null for a handler outside of any
 * @param upstream its upstream; null for a handler outside of any
 * @param variable what {@code set_by_lua} sets, without the dollar sign; null in other phases
 * @param calls the functions, in order
 * @param line where it is declared
 */
public record PipelineRule(
    LuaPhase phase,
    @Nullable String server,
    @Nullable String location,
    @Nullable String upstream,
    @Nullable String variable,
    List<Call> calls,
    int line) {
  /** Copies the calls and writes the location as {@link LuaPlace} does. */
  public PipelineRule {
    location = location == null ? null : spaced(location);
    calls = List.copyOf(calls);
  }

  /**
   * One call.
   *
   * @param line where it is declared
   */
  public record Call(ModuleCall target, int line) {}

  /** The calls without their lines. */
  List<ModuleCall> targets() {
    return calls.stream().map(Call::target).toList();
  }

  /** Whether it names this place. */
  boolean names(LuaPlace place) {
    return place.named()
        && place.phase() == phase
        && (server == null || (place.server() != null && place.server().contains(server)))
        && equal(location, place.location())
        && equal(upstream, place.upstream())
        && (phase != LuaPhase.SET || equal(variable, place.variable()));
  }

  private static boolean equal(@Nullable String one, @Nullable String other) {
    return one == null ? other == null : one.equals(other);
  }

  /** {@code =/x} and {@code = /x} are {@code = /x}. */
  private static String spaced(String location) {
    String text = location.strip();
    for (String modifier : List.of("^~", "~*", "~", "=")) {
      if (text.startsWith(modifier)) {
        return modifier + " " + text.substring(modifier.length()).strip();
      }
    }
    return text;
  }

  /** In words, as {@link LuaPlace} has them. */
  @Override
  public String toString() {
    return phase.directive()
        + (variable == null ? "" : " of $" + variable)
        + (location == null ? "" : " of location " + location)
        + (upstream == null ? "" : " of upstream " + upstream)
        + (server == null ? "" : " of server " + server);
  }
}
