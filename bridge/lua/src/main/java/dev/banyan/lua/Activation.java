package dev.banyan.lua;

import org.jspecify.annotations.Nullable;

/** One call from Java into a machine: what was current before it, restored afterwards. */
final class Activation {
  private final LuaVm vm;
  private final ThreadLocal<@Nullable LuaVm> current;
  private final Coroutine outer;
  private final @Nullable LuaVm outerVm;

  private Activation(LuaVm vm, ThreadLocal<@Nullable LuaVm> current) {
    this.vm = vm;
    this.current = current;
    this.outer = vm.running();
    this.outerVm = current.get();
  }

  static Activation enter(LuaVm vm, Coroutine entry, ThreadLocal<@Nullable LuaVm> current) {
    Activation activation = new Activation(vm, current);
    current.set(vm);
    vm.run(entry);
    vm.startSlice();
    return activation;
  }

  void leave() {
    vm.run(outer);
    if (outerVm != null) {
      current.set(outerVm);
    }
  }
}
