package dev.banyan.lua.ffi;

import dev.banyan.lua.CData;

/** Data of a C type that the machine knows. */
abstract sealed class FfiData extends CData
    permits ScalarData, PointerData, ValueData, TypeData, FunctionData {
  private static final Object NO_JAVA_VALUE = new Object();

  private final CType type;

  FfiData(CType type) {
    super(NO_JAVA_VALUE);
    this.type = type;
  }

  /** Its type, which is no reference. */
  final CType ctype() {
    return type;
  }

  /** Other data that is the same: of the same type, with the same memory. */
  FfiData again() {
    return this;
  }

  /** Its type as {@code ffi.typeof} tells it. */
  CType shownType() {
    return type;
  }

  @Override
  public String cTypeName() {
    return type.toString();
  }
}
