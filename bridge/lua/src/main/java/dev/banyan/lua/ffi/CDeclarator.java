package dev.banyan.lua.ffi;

import java.util.function.UnaryOperator;

/**
 * What stands beside a type in a declaration.
 *
 * @param name empty when it has none
 * @param shape what it makes of the type
 */
record CDeclarator(String name, UnaryOperator<CType> shape) {
  CType of(CType base) {
    return shape.apply(base);
  }
}
