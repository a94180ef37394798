package dev.banyan.lua.seam;

import dev.banyan.api.Journal;
import dev.banyan.api.Way;
import dev.banyan.lua.CodeCoverage;
import dev.banyan.lua.CodeCoverage.Extent;
import dev.banyan.lua.Coverage;
import dev.banyan.lua.FunctionPlaces;
import dev.banyan.lua.LuaAbort;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.ngx.RequestContext;
import dev.banyan.lua.ngx.RequestHost;
import dev.banyan.lua.ngx.Taps;
import dev.banyan.lua.ngx.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Owned by its machine's thread: a loaded module whose calls are recorded, until {@link #end}. The
 * module's functions are wrapped in its own table; who has taken one of them out of the table
 * before is not heard. A call that the module makes to itself is part of the call that is recorded.
 */
public final class RecordingModule {
  private final LuaVm vm;
  private final String name;
  private final LuaTable table;
  private final @Nullable SeamSwitch seam;
  private final @Nullable PortedModule ported;
  private final CallRecorder recorder;
  private final CodeCoverage coverage;
  private final Map<String, LuaFunction> before = new LinkedHashMap<>();
  private final Map<String, LuaFunction> wrapped = new LinkedHashMap<>();
  private final Set<RequestHost> inside = Collections.newSetFromMap(new IdentityHashMap<>());

  private RecordingModule(
      LuaVm vm,
      String name,
      LuaTable table,
      @Nullable SeamSwitch seam,
      @Nullable PortedModule ported,
      CallRecorder recorder,
      CodeCoverage coverage) {
    this.vm = vm;
    this.name = name;
    this.table = table;
    this.seam = seam;
    this.ported = ported;
    this.recorder = recorder;
    this.coverage = coverage;
  }

  /**
   * Begins to record.
   *
   * @param seam whose ports may answer in Lua's place; null when the module has none
   * @throws CannotRecord with the reason
   */
  static RecordingModule begin(
      LuaVm vm,
      String name,
      @Nullable SeamSwitch seam,
      @Nullable PortedModule ported,
      CallRecorder recorder)
      throws CannotRecord {
    LuaTable table = loaded(vm, name);
    Map<String, LuaFunction> functions = functions(table);
    if (functions.isEmpty()) {
      throw CannotRecord.because(
          "its table holds no function: it is data, which has no calls and goes with the modules"
              + " that read it");
    }
    if (ported != null) {
      ported.lines().suspend();
    }
    CodeCoverage coverage = CodeCoverage.arm(own(functions, ported), Extent.LINES_AND_BRANCHES);
    if (coverage == null) {
      resume(ported);
      throw CannotRecord.because(
          "none of its functions is written in Lua, or they are being recorded already: learn the"
              + " module that calls it, or wait");
    }
    RecordingModule module = new RecordingModule(vm, name, table, seam, ported, recorder, coverage);
    functions.forEach((function, own) -> {
      LuaFunction behind = ported == null ? null : ported.original(function);
      module.tellStranger(function, behind == null ? own : behind);
      module.wrap(function, own);
    });
    return module;
  }

  /** Coverage is taken for one at a time: the shadow's waits meanwhile. */
  private static void resume(@Nullable PortedModule ported) {
    if (ported != null) {
      ported.lines().resume();
    }
  }

  /** Lua's own functions, behind the seam. */
  private static List<LuaFunction> own(
      Map<String, LuaFunction> functions, @Nullable PortedModule ported) {
    List<LuaFunction> own = new ArrayList<>();
    functions.forEach((name, function) -> {
      LuaFunction behind = ported == null ? null : ported.original(name);
      own.add(behind == null ? function : behind);
    });
    return own;
  }

  private static LuaTable loaded(LuaVm vm, String name) throws CannotRecord {
    LuaValue loaded = vm.modules().loaded().rawget(LuaText.of(name));
    if (loaded.isnil()) {
      throw CannotRecord.notLoaded();
    }
    if (loaded.isfunction()) {
      throw CannotRecord.because(
          "it returns a function, not a table of functions: return a table that holds it");
    }
    if (!(loaded instanceof LuaTable table)) {
      throw CannotRecord.because(
          "it returns a "
              + loaded.typename()
              + ", not a table of functions: return a table whose functions use it");
    }
    LuaValue metatable = table.getmetatable();
    if (metatable != null && !metatable.rawget(LuaValue.CALL).isnil()) {
      throw CannotRecord.because(
          "its table can be called as a function (__call), which can't be recorded: give that call"
              + " a name");
    }
    return table;
  }

  static Map<String, LuaFunction> functions(LuaTable table) {
    Map<String, LuaFunction> functions = new LinkedHashMap<>();
    for (Varargs entry = table.next(LuaValue.NIL); !entry.arg1().isnil(); ) {
      if (entry.arg1().type() == LuaValue.TSTRING && entry.arg(2) instanceof LuaFunction f) {
        functions.put(LuaText.latin1(entry.arg1()), f);
      }
      entry = table.next(entry.arg1());
    }
    return functions;
  }

  /** The module's code, and what of it the recorded calls have run that were kept. */
  public Coverage coverage() {
    return coverage.coverage();
  }

  /** Tells of a function that is another module's: its code isn't this module's to be covered. */
  private void tellStranger(String function, LuaFunction own) {
    if (!coverage.covers(own)) {
      String place = FunctionPlaces.of(own);
      recorder.failed(
          function,
          "it is "
              + (place == null ? "no Lua" : "written at " + place)
              + ", not in this module's file: its calls are recorded, its lines don't count");
    }
  }

  /** The functions that somebody else has replaced since the recording began. */
  @SuppressWarnings("ReferenceEquality")
  public Set<String> replaced() {
    Set<String> replaced = new TreeSet<>();
    wrapped.forEach((function, own) -> {
      if (table.rawget(function) != own) {
        replaced.add(function);
      }
    });
    return replaced;
  }

  /** Ends recording; a function that somebody else has replaced meanwhile is left as it is. */
  @SuppressWarnings("ReferenceEquality")
  public void end() {
    before.forEach((function, original) -> {
      if (table.rawget(function) == wrapped.get(function)) {
        table.rawset(function, original);
      }
    });
    coverage.disarm();
    resume(ported);
  }

  private void wrap(String function, LuaFunction inner) {
    CallSite site = new CallSite(name, function);
    LuaFunction wrapper = NativeFunction.of(function, args -> call(site, inner, args));
    before.put(function, inner);
    wrapped.put(function, wrapper);
    table.rawset(function, wrapper);
  }

  private Varargs call(CallSite site, LuaFunction inner, Varargs args) {
    RequestHost request = RequestContext.current(vm);
    World world = RequestContext.world(vm);
    if (request == null || world == null || inside.contains(request) || !recorder.wants()) {
      return inner.invoke(args);
    }
    RequestContext.show(vm, request);
    if (isJavas(site, request, args, world)) {
      return inner.invoke(args);
    }
    CallCapture capture =
        CallCapture.begin(
            recorder, new CallCapture.Subject(name, site.function(), table), args, request);
    return capture == null ? inner.invoke(args) : record(capture, inner, args, request);
  }

  /** Owned by its request's loop: a call that is only asked about. */
  private final class Met extends LuaCall {
    Met(CallSite site, RequestHost request, Varargs args, World world) {
      super(site, request, args, world);
    }

    @Override
    LuaTable table() {
      return table;
    }
  }

  /** Whether a port answers this call, of whom nothing is to be learned. */
  private boolean isJavas(CallSite site, RequestHost request, Varargs args, World world) {
    if (seam == null) {
      return false;
    }
    LuaCall call = new Met(site, request, args, world);
    return seam.answers(call) && seam.way(call) == Way.JAVA;
  }

  private Varargs record(
      CallCapture capture, LuaFunction inner, Varargs args, RequestHost request) {
    Printed body = new Printed(capture);
    Taps taps = request.taps();
    if (taps != null) {
      taps.add(body);
    }
    Journal journal = RequestContext.journal(vm, recorder.lineLevel());
    inside.add(request);
    CodeCoverage.Watch watch = coverage.enter();
    Varargs results = LuaValue.NONE;
    String error = null;
    String ending = null;
    try {
      results = inner.invoke(args);
      return results;
    } catch (LuaAbort end) {
      ending = ShadowRun.ending(end, request, body);
      throw end;
    } catch (LuaError e) {
      error = LuaText.latin1(e.getMessageObject());
      throw e;
    } finally {
      coverage.leave(watch);
      inside.remove(request);
      RequestContext.forget(vm, journal);
      if (taps != null) {
        taps.remove(body);
      }
      boolean kept =
          capture.ended(
              new CallCapture.End(
                  results, error, ending, body.octets(), journal, watch.foundNew()));
      if (!kept) {
        coverage.forget(watch);
      }
    }
  }
}
