package dev.banyan.nginx;

import dev.banyan.nginx.script.Instruction;
import dev.banyan.nginx.script.LuaHandler;
import dev.banyan.nginx.script.LuaPhase;
import dev.banyan.nginx.script.LuaSource;
import dev.banyan.nginx.script.RewriteProgram;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Owned by the thread that asks: finds the handlers of Lua that requests can meet. */
public final class LuaPlaces {
  private final List<Found> all = new ArrayList<>();

  private LuaPlaces() {}

  /** Every place, outer ones before inner ones, in the order of the file. */
  public static List<LuaPlace> of(HttpConf http) {
    LuaPlaces places = new LuaPlaces();
    Level top = new Level(null, null, true);
    Map<LuaPhase, Found> outermost =
        places.inherited(http.root().handlers(), top, new EnumMap<>(LuaPhase.class));
    http.servers().forEach(server -> places.server(server, outermost));
    http.upstreams().values().forEach(places::upstream);
    return places.all.stream().map(Found::place).toList();
  }

  /** A level of the configuration. */
  private record Level(@Nullable List<String> server, @Nullable String location, boolean named) {}

  /** A place whose handlers are still being found. */
  private record Found(LuaPlace first, List<LuaHandler> handlers) {
    LuaPlace place() {
      return new LuaPlace(
          first.phase(),
          first.server(),
          first.location(),
          first.upstream(),
          first.variable(),
          first.named(),
          handlers);
    }
  }

  private void server(ServerConf server, Map<LuaPhase, Found> outer) {
    List<String> names = server.names().stream().map(ServerName::text).toList();
    Level level = new Level(names.isEmpty() ? List.of("") : names, null, true);
    own(server.serverRewrite(), level, null, outer.get(LuaPhase.SERVER_REWRITE));
    sets(server.rewrites(), level);
    Map<LuaPhase, Found> here = inherited(server.root().handlers(), level, outer);
    server.locations().forEach(location -> location(location, level, here));
    server.namedLocations().values().stream()
        .filter(location -> !server.locations().contains(location))
        .forEach(location -> location(location, level, here));
    branches(server.root(), level, here);
  }

  private void location(LocationConf location, Level around, Map<LuaPhase, Found> outer) {
    Level level = new Level(around.server(), location.written(), around.named());
    Map<LuaPhase, Found> here = inherited(location.handlers(), level, outer);
    if (location.content() instanceof ContentHandler.Lua(LuaHandler handler)) {
      here.put(LuaPhase.CONTENT, own(handler, level, null, null));
    }
    sets(location.rewrites(), level);
    location.nested().forEach(inner -> location(inner, level, here));
    branches(location, level, here);
  }

  /** The blocks that have no name of their own. */
  private void branches(LocationConf location, Level level, Map<LuaPhase, Found> here) {
    Level unnamed = new Level(level.server(), level.location(), false);
    for (LocationConf branch : location.branches()) {
      block(branch, unnamed, here);
    }
    LimitExcept except = location.limitExcept();
    if (except != null) {
      block(except.conf(), unnamed, here);
    }
  }

  private void block(LocationConf block, Level level, Map<LuaPhase, Found> outer) {
    Map<LuaPhase, Found> here = inherited(block.handlers(), level, outer);
    if (block.content() instanceof ContentHandler.Lua(LuaHandler handler)) {
      own(handler, level, null, outer.get(LuaPhase.CONTENT));
    }
    branches(block, level, here);
  }

  private Map<LuaPhase, Found> inherited(
      LuaHandlers handlers, Level level, Map<LuaPhase, Found> outer) {
    Map<LuaPhase, Found> here = new EnumMap<>(LuaPhase.class);
    here.putAll(outer);
    here.remove(LuaPhase.CONTENT);
    inherit(handlers.rewrite(), level, here);
    inherit(handlers.access(), level, here);
    inherit(handlers.headerFilter(), level, here);
    inherit(handlers.bodyFilter(), level, here);
    inherit(handlers.log(), level, here);
    return here;
  }

  private void inherit(@Nullable LuaHandler handler, Level level, Map<LuaPhase, Found> here) {
    if (handler != null) {
      here.put(handler.phase(), own(handler, level, null, here.get(handler.phase())));
    }
  }

  private @Nullable Found own(
      @Nullable LuaHandler handler, Level level, @Nullable String variable, @Nullable Found outer) {
    if (handler == null) {
      return outer;
    }
    if (outer != null && same(outer.handlers().getFirst(), handler)) {
      outer.handlers().add(handler);
      return outer;
    }
    LuaPlace place =
        new LuaPlace(
            handler.phase(),
            level.server(),
            level.location(),
            null,
            variable,
            level.named(),
            List.of(handler));
    Found found = new Found(place, new ArrayList<>(place.handlers()));
    all.add(found);
    return found;
  }

  private void sets(RewriteProgram program, Level level) {
    sets(program.instructions(), level);
  }

  private void sets(List<Instruction> instructions, Level level) {
    for (Instruction instruction : instructions) {
      switch (instruction) {
        case Instruction.SetByLua set -> own(set.handler(), level, set.target().name(), null);
        case Instruction.If branch ->
            sets(branch.body(), new Level(level.server(), level.location(), false));
        case Instruction.Set _,
            Instruction.Compute _,
            Instruction.MapArray _,
            Instruction.Rewrite _,
            Instruction.Return _,
            Instruction.Break _ -> {
          // no Lua
        }
      }
    }
  }

  private void upstream(Upstream upstream) {
    if (upstream.balancing() instanceof Upstream.Balancing.Lua(LuaHandler handler)) {
      LuaPlace place =
          new LuaPlace(handler.phase(), null, null, upstream.name(), null, true, List.of(handler));
      all.add(new Found(place, new ArrayList<>(place.handlers())));
    }
  }

  /** Each level makes its own object of a handler that it inherits. */
  private static boolean same(LuaHandler one, LuaHandler other) {
    return one.line() == other.line()
        && one.file().equals(other.file())
        && one.chunkName().equals(other.chunkName())
        && code(one).equals(code(other));
  }

  private static String code(LuaHandler handler) {
    return switch (handler.source()) {
      case LuaSource.Inline(String code) -> code;
      case LuaSource.File file -> file.path().source();
    };
  }
}
