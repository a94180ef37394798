package dev.banyan.lua;

import org.luaj.vm2.lib.MathLib;

/** What LuaJ's compiler folds {@code a ^ b} of constants by: as the code that runs computes it. */
final class FoldedPowers extends MathLib {
  private FoldedPowers() {}

  /** Has all compilers of this process fold so; LuaJ's own multiplies again and again. */
  static void install() {
    MATHLIB = new FoldedPowers();
  }

  @Override
  public double dpow_lib(double a, double b) {
    return Semantics.power(a, b);
  }
}
