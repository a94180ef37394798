package dev.banyan.lua.seam;

import dev.banyan.api.Journal;
import dev.banyan.api.Way;
import dev.banyan.lua.CodeCoverage;
import dev.banyan.lua.LuaAbort;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Semantics;
import dev.banyan.lua.ngx.CallNotes;
import dev.banyan.lua.ngx.NgxSignal;
import dev.banyan.lua.ngx.Outcome;
import dev.banyan.lua.ngx.RequestContext;
import dev.banyan.lua.ngx.RequestHost;
import dev.banyan.lua.ngx.World;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Owned by its machine's thread: a loaded Lua module whose ported functions go through the seam.
 *
 * <p>A call that the module's own Lua makes to itself stays in Lua: the call that brought the
 * request into the module has been decided already.
 */
final class PortedModule {
  private final LuaVm vm;
  private final String name;
  private final LuaTable table;
  private final SeamSwitch seam;
  private final LegacyObjects legacies;
  private final Map<String, LuaFunction> originals = new HashMap<>();
  private final Map<String, CallSite> sites = new HashMap<>();
  private final ShadowedLines lines = new ShadowedLines(originals.values());
  private int shadowed;

  /** The request that Lua's own functions run for, and others that began while it waited. */
  private @Nullable RequestHost inside;

  private @Nullable Set<RequestHost> alsoInside;

  /** One shadowed call of so many is measured. */
  private static final int MEASURED = 64;

  PortedModule(LuaVm vm, String name, LuaTable table, SeamSwitch seam) {
    this.vm = vm;
    this.name = name;
    this.table = table;
    this.seam = seam;
    this.legacies = new LegacyObjects(name, table, seam.alone(name));
  }

  /** The function that takes the place of a mirrored {@code original}. */
  LuaFunction mirror(String function, LuaFunction original) {
    return NativeFunction.of(
        function,
        args -> {
          Varargs results = original.invoke(args);
          World world = RequestContext.world(vm);
          seam.mirror(
              name,
              function,
              JavaValues.lasting(args),
              world == null ? "" : world.worker().prefix());
          return results;
        });
  }

  /** The function that takes the place of {@code original} in the module's table. */
  LuaFunction wrap(String function, LuaFunction original) {
    CallSite site = new CallSite(name, function);
    originals.put(function, original);
    sites.put(function, site);
    return NativeFunction.of(function, args -> call(site, original, args));
  }

  /** Which lines shadowed calls have reached. */
  ShadowedLines lines() {
    return lines;
  }

  /** Lua's own functions that the seam replaces. */
  Collection<LuaFunction> originals() {
    return originals.values();
  }

  /** Lua's own function, behind the seam; null when the seam doesn't replace it. */
  @Nullable LuaFunction original(String function) {
    return originals.get(function);
  }

  private Varargs call(CallSite site, LuaFunction original, Varargs args) {
    RequestHost request = RequestContext.current(vm);
    World world = RequestContext.world(vm);
    if (request == null || world == null) {
      return original.invoke(args);
    }
    CallNotes notes = request.callNotes();
    if (notes == null || !notes.begins(name, site.function(), RequestContext.onEntryThread(vm))) {
      return seamed(request, world, site, original, args);
    }
    Journal journal = RequestContext.journal(vm, Journal.NO_LINES);
    try {
      return seamed(request, world, site, original, args);
    } finally {
      RequestContext.forget(vm, journal);
      notes.ended(journal);
    }
  }

  private Varargs seamed(
      RequestHost request, World world, CallSite site, LuaFunction original, Varargs args) {
    if (isInside(request)) {
      return original.invoke(args);
    }
    RequestContext.show(vm, request);
    FromLua call = new FromLua(site, request, args, world);
    if (!seam.answers(call)) {
      return original.invoke(args);
    }
    return switch (seam.way(call)) {
      case LUA -> lua(call, original, args);
      case SHADOW -> shadowed(call, original, args);
      case JAVA -> PortAnswer.of(seam, call, world, call);
    };
  }

  @SuppressWarnings("ReferenceEquality") // a request is itself alone
  private boolean isInside(RequestHost request) {
    return request == inside || (alsoInside != null && alsoInside.contains(request));
  }

  private void enter(RequestHost request) {
    if (inside == null) {
      inside = request;
    } else {
      if (alsoInside == null) {
        alsoInside = Collections.newSetFromMap(new IdentityHashMap<>(2));
      }
      alsoInside.add(request);
    }
  }

  @SuppressWarnings("ReferenceEquality")
  private void leave(RequestHost request) {
    if (request == inside) {
      inside = null;
    } else if (alsoInside != null) {
      alsoInside.remove(request);
    }
  }

  /**
   * Calls a function without asking the port, as for a call that the port was asked for already.
   */
  Varargs pastSeam(String function) {
    RequestHost request = RequestContext.current(vm);
    World world = RequestContext.world(vm);
    LuaFunction original = originals.get(function);
    CallSite site = sites.get(function);
    if (request == null || world == null || original == null || site == null) {
      return Semantics.call(vm, table.get(LuaText.of(function)), LuaValue.NONE);
    }
    return lua(new FromLua(site, request, LuaValue.NONE, world), original, LuaValue.NONE);
  }

  private Varargs lua(LuaCall call, LuaFunction original, Varargs args) {
    long start = System.nanoTime();
    enter(call.request());
    try {
      return original.invoke(args);
    } finally {
      leave(call.request());
      seam.answered(call, Way.LUA, System.nanoTime() - start);
    }
  }

  /** Owned by its request's loop: a call that Lua makes, and what it gets for it. */
  private final class FromLua extends LuaCall implements Caller<Varargs> {
    FromLua(CallSite site, RequestHost request, Varargs args, World world) {
      super(site, request, args, world);
    }

    @Override
    LuaTable table() {
      return table;
    }

    @Override
    public Object ready(@Nullable Object value) throws Unappliable {
      return JavaValues.converted(value, legacies);
    }

    @Override
    public void put(String key, Object ready) {
      RequestContext.set(request(), key, (LuaValue) ready);
    }

    @Override
    public Varargs results(List<@Nullable Object> values) throws Unappliable {
      return JavaValues.converted(values, legacies);
    }

    @Override
    public Varargs result(@Nullable Object value) throws Unappliable {
      return JavaValues.converted(value, legacies);
    }

    @Override
    public Varargs ended(Outcome outcome) {
      throw new NgxSignal(outcome);
    }

    @Override
    public Varargs raised(String message) {
      throw new LuaError(LuaText.of(message));
    }

    @Override
    public Varargs lua() {
      return PortedModule.this.lua(this, Objects.requireNonNull(original(function())), args());
    }
  }

  private Varargs shadowed(LuaCall call, LuaFunction original, Varargs args) {
    SeamSwitch.Shadow shadow = seam.shadow(call);
    if (shadow == null) {
      return lua(call, original, args);
    }
    CodeCoverage.Watch watch = seam.watchesLines() ? lines.enter() : null;
    ShadowRun run = new ShadowRun(vm, shadow, call, table, shadowed++ % MEASURED == 0);
    try {
      Varargs results = lua(call, original, args);
      run.answered(results);
      return results;
    } catch (LuaAbort end) {
      run.aborted(end);
      throw end;
    } catch (LuaError error) {
      run.raised(error);
      throw error;
    } finally {
      lines.leave(watch);
      run.close();
    }
  }
}
