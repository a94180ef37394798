package dev.banyan.lua.ffi;

/** A function of C that Java implements. */
final class FunctionData extends FfiData {
  private final CFunction function;

  FunctionData(CType type, CFunction function) {
    super(type);
    this.function = function;
  }

  CFunction function() {
    return function;
  }
}
