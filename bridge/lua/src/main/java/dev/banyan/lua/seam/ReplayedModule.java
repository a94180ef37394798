package dev.banyan.lua.seam;

import dev.banyan.lua.Coverage;
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
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Owned by its machine's thread: a Lua module to which recorded calls are given again. What they do
 * now is heard as the recording was.
 */
public final class ReplayedModule {
  private static final JavaValues.Legacies NO_OBJECTS =
      legacy -> {
        throw new IllegalStateException("a recorded call holds plain values");
      };

  private final LuaVm vm;
  private final LuaTable table;
  private final RecordingModule recording;

  private ReplayedModule(LuaVm vm, LuaTable table, RecordingModule recording) {
    this.vm = vm;
    this.table = table;
    this.recording = recording;
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

  /** Gives a recorded call to Lua, for the request of the running handler. */
  public Varargs call(RecordedCall call) {
    RequestHost request = Objects.requireNonNull(RequestContext.current(vm), "no request runs");
    call.before().ctx().forEach((key, value) -> RequestContext.set(request, key, lua(value)));
    Map<String, @Nullable Object> fields = new PlainCopy(Set.of()).wholeFields(table);
    call.fields()
        .forEach((name, value) -> {
          if (!Objects.equals(Plain.of(value), Plain.of(fields.get(name)))) {
            table.rawset(KnownTexts.name(name), lua(value));
          }
        });
    return Semantics.call(
        vm, table.get(KnownTexts.name(call.function())), arguments(call.arguments()));
  }

  private static Varargs arguments(List<@Nullable Object> arguments) {
    LuaValue[] values = new LuaValue[arguments.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = lua(arguments.get(i));
    }
    return LuaValue.varargsOf(values);
  }

  private static LuaValue lua(@Nullable Object value) {
    return JavaValues.toLua(value, NO_OBJECTS);
  }

  /** What of the module's code the calls have run. */
  public Coverage coverage() {
    return recording.coverage();
  }
}
