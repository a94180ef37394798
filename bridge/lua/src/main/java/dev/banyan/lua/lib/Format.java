package dev.banyan.lua.lib;

import dev.banyan.lua.Int64;
import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.Semantics;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** One call of {@code string.format}. */
final class Format {
  private static final String CONVERSIONS = "diuoxXceEfFgGaAqsp";

  private final LuaVm vm;
  private final Varargs args;
  private final LuaString template;
  private final ByteBuilder out;
  private int next = 1;

  Format(LuaVm vm, Varargs args) {
    this.vm = vm;
    this.args = args;
    this.template = LuaArgs.checkString(args, 1);
    this.out = new ByteBuilder(vm, template.m_length + 32);
  }

  LuaString run() {
    int at = 0;
    while (at < template.m_length) {
      int c = template.luaByte(at++);
      if (c != '%') {
        out.append(c);
      } else if (at < template.m_length && template.luaByte(at) == '%') {
        out.append('%');
        at++;
      } else if (at < template.m_length && template.luaByte(at) == 's') {
        next++;
        at++;
        out.append(text());
      } else {
        FormatSpec spec = FormatSpec.parse(template, at);
        at = spec.end();
        next++;
        convert(spec);
      }
    }
    return out.toLua();
  }

  private void convert(FormatSpec spec) {
    if (CONVERSIONS.indexOf(spec.conversion()) < 0) {
      throw spec.invalid();
    }
    requireArgument();
    switch (spec.conversion()) {
      case 'd', 'i' -> out.append(spec.signed(integer()));
      case 'u' -> out.append(spec.unsigned(unsignedInteger(), 10));
      case 'o' -> out.append(spec.unsigned(unsignedInteger(), 8));
      case 'x', 'X' -> out.append(spec.unsigned(unsignedInteger(), 16));
      case 'c' ->
          out.append(spec.pad(String.valueOf((char) (LuaArgs.checkInt(args, next) & 0xff))));
      case 'e', 'E', 'f', 'F', 'g', 'G', 'a', 'A' ->
          out.append(FloatFormat.format(spec, LuaArgs.checkNumber(args, next)));
      case 'q' -> quote(LuaArgs.arg(args, next));
      case 's' -> string(spec);
      case 'p' -> out.append(pointer(LuaArgs.checkAny(args, next))); // LuaJIT knows no width here
      default -> throw spec.invalid();
    }
  }

  private long integer() {
    return args.arg(next) instanceof Int64 integer
        ? integer.bits()
        : Int64.toLong(LuaArgs.checkNumber(args, next));
  }

  private long unsignedInteger() {
    if (args.arg(next) instanceof Int64 integer) {
      return integer.bits();
    }
    double number = LuaArgs.checkNumber(args, next);
    return Int64.toLong(number >= 0x1p63 ? number - 0x1p64 : number);
  }

  private void requireArgument() {
    if (next > args.narg()) {
      throw LuaErrors.argument(next, "value expected");
    }
  }

  private LuaString text() {
    requireArgument();
    LuaValue text = Semantics.tostring(vm, args.arg(next));
    if (!text.isstring()) {
      throw LuaErrors.argument(next, "string expected, got " + text.typename());
    }
    return LuaText.string(text);
  }

  private void string(FormatSpec spec) {
    LuaString text = text();
    if (spec.plain()) {
      out.append(text);
    } else {
      String octets = LuaText.latin1(text);
      int precision = spec.precision();
      boolean cut = precision >= 0 && precision < octets.length();
      out.append(spec.pad(cut ? octets.substring(0, precision) : octets));
    }
  }

  private static String pointer(LuaValue value) {
    return switch (value.type()) {
      case LuaValue.TNIL, LuaValue.TBOOLEAN, LuaValue.TNUMBER -> "NULL";
      default -> String.format("0x%08x", System.identityHashCode(value));
    };
  }

  private void quote(LuaValue value) {
    boolean told = value.type() > LuaValue.TSTRING;
    LuaString s = LuaText.string(told ? Semantics.tostring(vm, value) : value);
    out.append('"');
    for (int i = 0; i < s.m_length; i++) {
      int c = s.luaByte(i);
      if (c == '"' || c == '\\' || c == '\n') {
        out.append('\\').append(c);
      } else if (c < 32 || c == 127) {
        boolean digitFollows =
            i + 1 < s.m_length && s.luaByte(i + 1) >= '0' && s.luaByte(i + 1) <= '9';
        out.append(digitFollows ? String.format("\\%03d", c) : "\\" + c);
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
