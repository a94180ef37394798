package dev.banyan.nginx;

import dev.banyan.nginx.script.LuaHandler;
import dev.banyan.nginx.script.LuaPhase;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: where a handler of Lua is written, and under which objects the levels that inherit it
 * hold it.
 *
 * @param phase when it runs
 * @param server the names of its server, {@code ""} for one without; null outside of any
 * @param location its location as the directive says, {@code = /x} or {@code @x}; null outside
 * @param upstream its upstream; null outside of any
 * @param variable what {@code set_by_lua} sets, without the dollar sign; null in other phases
 * @param named whether these five can name it; blocks of {@code if} and {@code limit_except} can't
 * @param handlers the same handler, once for each level that it holds in; never empty
 */
public record LuaPlace(
    LuaPhase phase,
    @Nullable List<String> server,
    @Nullable String location,
    @Nullable String upstream,
    @Nullable String variable,
    boolean named,
    List<LuaHandler> handlers) {
  /** Copies the lists. */
  public LuaPlace {
    server = server == null ? null : List.copyOf(server);
    handlers = List.copyOf(handlers);
  }

  /** The file that it is written in. */
  public String file() {
    return handlers.getFirst().file();
  }

  /** The line that it is written on. */
  public int line() {
    return handlers.getFirst().line();
  }

  /** In words: {@code access_by_lua of location = /x (nginx.conf:12)}. */
  @Override
  public String toString() {
    String level =
        location != null
            ? " of location " + location
            : upstream != null
                ? " of upstream " + upstream
                : server == null ? " of http" : " of server " + names(server);
    String what = variable == null ? "" : " of $" + variable;
    String name = file().substring(file().lastIndexOf('/') + 1);
    return phase.directive() + what + level + " (" + name + ":" + line() + ")";
  }

  private static String names(List<String> server) {
    return server.stream().map(n -> n.isEmpty() ? "\"\"" : n).collect(Collectors.joining(" "));
  }
}
