package dev.banyan.lua.ffi;

import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;

/** Spells complex numbers as LuaJIT does. */
final class ComplexText {
  private ComplexText() {}

  static String of(double re, double im) {
    String imaginary = text(im);
    boolean signed = imaginary.startsWith("-") || imaginary.startsWith("+");
    // What ends with a letter could be taken for a name.
    String unit = Double.isFinite(im) ? "i" : "I";
    return text(re) + (signed ? "" : "+") + imaginary + unit;
  }

  private static String text(double number) {
    return LuaText.latin1(LuaText.string(LuaNumbers.of(number)));
  }
}
