package dev.banyan.gateway;

import dev.banyan.api.Phase;
import dev.banyan.gateway.path.NewPath;
import dev.banyan.gateway.path.PathShadow;
import dev.banyan.gateway.path.Pipelines;
import dev.banyan.lua.ngx.Outcome;
import dev.banyan.lua.seam.Pipeline;
import dev.banyan.nginx.script.LuaHandler;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one worker's loop: which path runs a handler of a request. The new one does when the
 * handler has a declared pipeline and all of its calls are Java's in this request; else the old one
 * runs the handler's Lua, and the reason is told when the request ends.
 */
final class Paths {
  private final LuaSide lua;
  private final @Nullable NewPath path;
  private final Pipelines pipelines;
  private final @Nullable Pipeline pipeline;

  Paths(Service service, LuaSide lua) {
    this.lua = lua;
    this.path = service.options().path();
    this.pipelines = service.pipelines();
    this.pipeline = lua.pipeline();
  }

  /** Runs a handler. */
  Outcome run(Request r, LuaHandler handler, Phase phase, List<String> arguments) {
    PathRecorder recorder = r.main().recorder();
    if (recorder != null && phase != Phase.LOG) {
      return recorded(recorder, r, handler, phase, arguments);
    }
    Outcome outcome = withoutLua(r, handler, phase);
    if (outcome != null) {
      return outcome;
    }
    if (phase == Phase.LOG) {
      // Lua may take its time, and the client has waited for all else
      r.response().sink().awaitSent();
    }
    return lua.run(r, handler, phase, arguments);
  }

  private @Nullable Outcome withoutLua(Request r, LuaHandler handler, Phase phase) {
    Pipeline ports = pipeline;
    if (path == null || ports == null) {
      return null;
    }
    PathTrace trace = r.main().path();
    trace.handled();
    return direct(r, handler, phase, ports, trace);
  }

  private Outcome recorded(
      PathRecorder recorder, Request r, LuaHandler handler, Phase phase, List<String> arguments) {
    PathRecorder.Open noted = recorder.begins(r, pipelines.of(handler), phase);
    Outcome outcome = null;
    boolean without = false;
    try {
      outcome = withoutLua(r, handler, phase);
      without = outcome != null;
      if (outcome == null) {
        outcome = lua.run(r, handler, phase, arguments);
      }
      return outcome;
    } finally {
      recorder.ended(noted, outcome, without);
    }
  }

  /** Who follows a client's request that begins; null for most. */
  @Nullable PathRecorder recorder(Request r) {
    NewPath told = path;
    PathShadow shadow = told == null ? null : told.shadow();
    return shadow == null || pipeline == null || !shadow.wants() ? null : new PathRecorder(r);
  }

  private @Nullable Outcome direct(
      Request r, LuaHandler handler, Phase phase, Pipeline ports, PathTrace trace) {
    Pipelines.Entry entry = pipelines.of(handler);
    if (entry == null || entry.calls() == null) {
      trace.accept(
          entry == null ? "no pipeline for " + handler.phase().directive() : entry.reason());
      return null;
    }
    if (upgrades(r)) {
      trace.accept("the client asks for an upgrade");
      return null;
    }
    return ports.run(entry.calls(), phase, r.luaHost(), trace);
  }

  static boolean upgrades(Request r) {
    return r.main().client().exchange().requestHeaders().contains("Upgrade");
  }

  /** Tells why a client's request was in Lua. */
  void ended(Request r) {
    NewPath told = path;
    if (told != null && r.isMain() && r.path().isHandled()) {
      told.served().accept(r.path().reasons());
    }
    PathRecorder recorder = r.recorder();
    if (recorder != null && told != null && told.shadow() != null) {
      DryRun.handOver(r, recorder, told.shadow());
    }
  }
}
