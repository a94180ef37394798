package dev.banyan.lua.ngx;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.NativeFunction;

/** Modules and functions that the API lists as missing: using them tells why. */
final class RefusedModules {
  private RefusedModules() {}

  static void open(Bindings bindings) {
    for (ApiEntry entry : NgxApi.entries()) {
      if (entry.support() != ApiEntry.Support.MISSING) {
        continue;
      }
      String refusal = entry.name() + " is not supported: " + entry.note();
      if (entry.kind() == ApiEntry.Kind.MODULE && entry.name().startsWith("ngx.")) {
        bindings
            .vm()
            .preload(
                entry.name(),
                () -> {
                  throw LuaErrors.raise(refusal);
                });
      } else if (entry.kind() == ApiEntry.Kind.FUNCTION && entry.name().startsWith("ngx.")) {
        bindings.value(
            entry.name(),
            NativeFunction.of(
                entry.name(),
                args -> {
                  throw LuaErrors.raise(refusal);
                }));
      }
    }
  }
}
