package dev.banyan.lua.ngx;

import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import org.luaj.vm2.Varargs;

/** A function of the API: it refuses the phases that its entry in {@link NgxApi} doesn't list. */
final class ApiFunction extends NativeFunction {
  private final LuaVm vm;
  private final ApiBody body;
  private final ApiGate gate;

  ApiFunction(LuaVm vm, ApiEntry entry, ApiBody body) {
    super(
        entry
            .name()
            .substring(Math.max(entry.name().lastIndexOf('.'), entry.name().lastIndexOf(':')) + 1));
    this.vm = vm;
    this.body = body;
    this.gate = new ApiGate(entry);
  }

  @Override
  public Varargs invoke(Varargs args) {
    return body.call(gate.enter(vm), args);
  }
}
