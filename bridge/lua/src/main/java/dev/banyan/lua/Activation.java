package dev.banyan.lua;

import dev.banyan.fiber.Fiber;
import org.jspecify.annotations.Nullable;

/**
 * One call from Java into a machine: what was current before it is restored after it, and whenever
 * the fiber that makes the call parks and other fibers run Lua in the same machine.
 */
final class Activation implements Fiber.Watch {
  private final LuaVm vm;
  private final ThreadLocal<@Nullable LuaVm> current;
  private final @Nullable Fiber fiber;
  private Fiber.@Nullable Watch outerWatch;
  private Coroutine outer;
  private @Nullable LuaVm outerVm;
  private Coroutine inner;

  private Activation(LuaVm vm, Coroutine entry, ThreadLocal<@Nullable LuaVm> current) {
    this.vm = vm;
    this.current = current;
    this.fiber = Fiber.currentOrNull();
    this.outer = vm.running();
    this.outerVm = current.get();
    this.inner = entry;
  }

  static Activation enter(LuaVm vm, Coroutine entry, ThreadLocal<@Nullable LuaVm> current) {
    Activation activation = new Activation(vm, entry, current);
    Fiber fiber = activation.fiber;
    if (fiber != null) {
      activation.outerWatch = fiber.watch(activation);
    }
    current.set(vm);
    vm.run(entry);
    vm.startSlice();
    return activation;
  }

  void leave() {
    if (fiber != null) {
      fiber.watch(outerWatch);
    }
    restore();
  }

  @Override
  public void suspended() {
    inner = vm.running();
    restore();
    if (outerWatch != null) {
      outerWatch.suspended();
    }
  }

  @Override
  public void resumed() {
    if (outerWatch != null) {
      outerWatch.resumed();
    }
    outer = vm.running();
    outerVm = current.get();
    current.set(vm);
    vm.run(inner);
    vm.startSlice();
  }

  private void restore() {
    vm.run(outer);
    if (outerVm != null) {
      current.set(outerVm);
    }
  }
}
