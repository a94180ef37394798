package dev.banyan.lua.lib;

import static org.luaj.vm2.LuaValue.NIL;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import java.io.IOException;
import java.util.regex.Pattern;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The formats of {@code file:read} and {@code file:lines}. */
final class FileReading {
  private static final int LONGEST_NUMBER = 200;

  /** What a number may begin with, as C's scanf reads one. */
  private static final Pattern BEGUN =
      Pattern.compile(
          "[+-]?(0[xX]\\p{XDigit}*\\.?\\p{XDigit}*([pP][+-]?\\d*)?"
              + "|(\\d+\\.?\\d*|\\.\\d+)[eE][+-]?\\d*|\\d*\\.?\\d*)");

  private FileReading() {}

  /** Reads by the formats from argument {@code first} on, a line when there is none. */
  static Varargs read(LuaVm vm, LuaFile file, Varargs args, int first) throws IOException {
    if (args.narg() < first) {
      return line(vm, file, false);
    }
    LuaValue[] results = new LuaValue[args.narg() - first + 1];
    int count = 0;
    for (int i = first; i <= args.narg(); i++) {
      LuaValue result = one(vm, file, args, i);
      results[count++] = result;
      if (result.isnil()) {
        break;
      }
    }
    return LuaValue.varargsOf(results, 0, count);
  }

  private static LuaValue one(LuaVm vm, LuaFile file, Varargs args, int index) throws IOException {
    LuaValue format = args.arg(index);
    if (format instanceof LuaNumber) {
      return chars(vm, file, LuaArgs.checkInt(args, index));
    }
    String text = LuaArgs.checkText(args, index);
    String letter = text.startsWith("*") ? text.substring(1) : text;
    return switch (letter.isEmpty() ? 0 : letter.charAt(0)) {
      case 'n' -> number(file);
      case 'l' -> line(vm, file, false);
      case 'L' -> line(vm, file, true);
      case 'a' -> all(vm, file);
      default -> throw LuaErrors.argument(index, "invalid format");
    };
  }

  static LuaValue line(LuaVm vm, LuaFile file, boolean keepEnd) throws IOException {
    int c = file.read();
    if (c < 0) {
      return NIL;
    }
    ByteBuilder line = new ByteBuilder(vm, 80);
    for (; c >= 0 && c != '\n'; c = file.read()) {
      line.append(c);
    }
    if (keepEnd && c == '\n') {
      line.append(c);
    }
    return line.toLua();
  }

  private static LuaString all(LuaVm vm, LuaFile file) throws IOException {
    ByteBuilder text = new ByteBuilder(vm, 1024);
    for (int c = file.read(); c >= 0; c = file.read()) {
      text.append(c);
    }
    return text.toLua();
  }

  private static LuaValue chars(LuaVm vm, LuaFile file, int count) throws IOException {
    if (file.peek() < 0) {
      return NIL;
    }
    ByteBuilder text = new ByteBuilder(vm, Math.clamp(count, 0, 8192));
    for (int i = 0; i < count && file.peek() >= 0; i++) {
      text.append(file.read());
    }
    return text.toLua();
  }

  private static LuaValue number(LuaFile file) throws IOException {
    while (file.peek() >= 0 && LuaNumbers.isSpace((byte) file.peek())) {
      file.read();
    }
    StringBuilder digits = new StringBuilder(32);
    while (digits.length() < LONGEST_NUMBER && continues(digits, file.peek())) {
      digits.append((char) file.read());
    }
    LuaNumber number = LuaNumbers.parse(LuaText.of(digits.toString()));
    return number == null ? NIL : number;
  }

  /** Whether C's scanf would take {@code c} as the next character of a number. */
  private static boolean continues(CharSequence before, int c) {
    return c >= 0 && BEGUN.matcher(before.toString() + (char) c).matches();
  }
}
