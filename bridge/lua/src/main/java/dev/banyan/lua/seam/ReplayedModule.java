package dev.banyan.lua.seam;

import dev.banyan.lua.Coverage;
import dev.banyan.lua.FunctionPlaces;
import dev.banyan.lua.KnownTexts;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.Semantics;
import dev.banyan.lua.ngx.RequestContext;
import dev.banyan.lua.ngx.RequestHost;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Owned by its machine's thread: a Lua module to which recorded calls are given again. What they do
 * now is heard as the recording was.
 */
public final class ReplayedModule {
  private final LuaVm vm;
  private final LuaTable table;
  private final RecordingModule recording;
  private final Map<String, LuaFunction> methods;

  private ReplayedModule(LuaVm vm, LuaTable table, RecordingModule recording) {
    this.vm = vm;
    this.table = table;
    this.recording = recording;
    this.methods = FunctionPlaces.reachable(vm);
  }

  /**
   * Requires the module and listens to it; inside of a handler.
   *
   * @throws CannotRecord when it isn't a table of functions
   */
  public static ReplayedModule load(LuaVm vm, String name, CallRecorder recorder)
      throws CannotRecord {
    vm.modules().require(name);
    RecordingModule recording = RecordingModule.begin(vm, name, null, null, recorder);
    LuaTable table = (LuaTable) vm.modules().loaded().rawget(KnownTexts.name(name));
    return new ReplayedModule(vm, table, recording);
  }

  /**
   * Gives a recorded call to Lua, for the request of the running handler; nothing is heard of one
   * whose function the module lacks.
   */
  public Varargs call(RecordedCall call) {
    RequestHost request = Objects.requireNonNull(RequestContext.current(vm), "no request runs");
    LuaCopy copy = new LuaCopy(methods, call.methods());
    call.before()
        .ctx()
        .forEach((key, value) ->
            RequestContext.set(request, key, copy.of(value, PlainCopy.CTX + " " + key)));
    Map<String, @Nullable Object> fields = new PlainCopy(Set.of()).wholeFields(table);
    call.fields()
        .forEach((name, value) -> {
          if (!Objects.equals(Plain.of(value), Plain.of(fields.get(name)))) {
            table.rawset(KnownTexts.name(name), copy.of(value, "field"));
          }
        });
    LuaValue function = table.get(KnownTexts.name(call.function()));
    return function.isnil()
        ? LuaValue.NONE
        : Semantics.call(vm, function, arguments(copy, call.arguments()));
  }

  private static Varargs arguments(LuaCopy copy, List<@Nullable Object> arguments) {
    LuaValue[] values = new LuaValue[arguments.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = copy.of(arguments.get(i), PlainCopy.ARGUMENT + " " + (i + 1));
    }
    return LuaValue.varargsOf(values);
  }

  /** What of the module's code the calls have run. */
  public Coverage coverage() {
    return recording.coverage();
  }
}
