package dev.banyan.lua.lib;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Semantics;
import dev.banyan.lua.Table;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code find}, {@code match}, {@code gmatch} and {@code gsub}. */
final class Patterns {
  private final LuaVm vm;

  Patterns(LuaVm vm) {
    this.vm = vm;
  }

  void open(Table string) {
    string.rawset("find", NativeFunction.of("find", args -> find(args, true)));
    string.rawset("match", NativeFunction.of("match", args -> find(args, false)));
    string.rawset("gmatch", NativeFunction.of("gmatch", this::gmatch));
    string.rawset("gsub", NativeFunction.of("gsub", this::gsub));
  }

  private Varargs find(Varargs args, boolean find) {
    LuaString s = LuaArgs.checkString(args, 1);
    LuaString pattern = LuaArgs.checkString(args, 2);
    int init = StringLib.position(LuaArgs.optInt(args, 3, 1), s.m_length) - 1;
    init = Math.max(init, 0);
    if (init > s.m_length) {
      init = s.m_length;
    }
    if (find && (args.arg(4).toboolean() || isPlain(pattern))) {
      int at = indexOf(s, pattern, init);
      return at < 0
          ? NIL
          : varargsOf(LuaInteger.valueOf(at + 1), LuaInteger.valueOf(at + pattern.m_length));
    }
    boolean anchored = pattern.m_length > 0 && pattern.luaByte(0) == '^';
    int from = pattern.m_offset + (anchored ? 1 : 0);
    PatternMatcher matcher = new PatternMatcher(vm, s, pattern);
    int last = s.m_offset + s.m_length;
    for (int at = s.m_offset + init; at <= last; at++) {
      at = anchored ? at : matcher.seek(at, from);
      int end = matcher.match(at, from);
      if (end >= 0) {
        if (!find) {
          return matcher.captures(true, at, end);
        }
        return varargsOf(
            LuaInteger.valueOf(at - s.m_offset + 1),
            LuaInteger.valueOf(end - s.m_offset),
            matcher.captures(false, at, end));
      }
      if (anchored) {
        break;
      }
    }
    return NIL;
  }

  private static boolean isPlain(LuaString pattern) {
    for (int i = 0; i < pattern.m_length; i++) {
      if ("^$*+?.([%-".indexOf(pattern.luaByte(i)) >= 0) {
        return false;
      }
    }
    return true;
  }

  private static int indexOf(LuaString s, LuaString what, int from) {
    int length = what.m_length;
    if (length == 0) {
      return from;
    }
    byte[] bytes = s.m_bytes;
    byte first = what.m_bytes[what.m_offset];
    int last = s.m_offset + s.m_length - length;
    for (int at = s.m_offset + from; at <= last; at++) {
      if (bytes[at] == first
          && java.util.Arrays.equals(
              bytes, at, at + length, what.m_bytes, what.m_offset, what.m_offset + length)) {
        return at - s.m_offset;
      }
    }
    return -1;
  }

  private Varargs gmatch(Varargs args) {
    LuaString s = LuaArgs.checkString(args, 1);
    LuaString pattern = LuaArgs.checkString(args, 2);
    int[] next = {s.m_offset};
    PatternMatcher matcher = new PatternMatcher(vm, s, pattern);
    return NativeFunction.of("gmatch_aux", ignored -> gmatchStep(matcher, s, pattern, next));
  }

  private static Varargs gmatchStep(
      PatternMatcher matcher, LuaString s, LuaString pattern, int[] next) {
    int last = s.m_offset + s.m_length;
    for (int at = next[0]; at <= last; at++) {
      at = matcher.seek(at, pattern.m_offset);
      int end = matcher.match(at, pattern.m_offset);
      if (end >= 0) {
        next[0] = end == at ? end + 1 : end;
        return matcher.captures(true, at, end);
      }
    }
    next[0] = last + 1;
    return NIL;
  }

  private Varargs gsub(Varargs args) {
    LuaString s = LuaArgs.checkString(args, 1);
    LuaString pattern = LuaArgs.checkString(args, 2);
    LuaValue replacement = LuaArgs.arg(args, 3);
    if (!replacement.isstring() && !replacement.istable() && !replacement.isfunction()) {
      throw LuaErrors.argument(3, "string/function/table expected");
    }
    int limit = (int) LuaArgs.optLong(args, 4, s.m_length + 1); // LuaJIT keeps the low half
    boolean anchored = pattern.m_length > 0 && pattern.luaByte(0) == '^';
    int from = pattern.m_offset + (anchored ? 1 : 0);
    PatternMatcher matcher = new PatternMatcher(vm, s, pattern);
    ByteBuilder result = null;
    int last = s.m_offset + s.m_length;
    int at = s.m_offset;
    int copied = at;
    int count = 0;
    while (count < limit) {
      at = anchored ? at : matcher.seek(at, from);
      int end = matcher.match(at, from);
      if (end >= 0) {
        count++;
        if (result == null) {
          result = new ByteBuilder(vm, s.m_length);
        }
        result.append(s.m_bytes, copied, at - copied);
        replace(matcher, result, s, replacement, at, end);
        copied = end;
      }
      if (end > at) {
        at = end;
      } else if (at < last) {
        at++;
      } else {
        break;
      }
      if (anchored) {
        break;
      }
    }
    if (result == null) {
      return varargsOf(s, LuaInteger.valueOf(0));
    }
    result.append(s.m_bytes, copied, last - copied);
    return varargsOf(result.toLua(), LuaInteger.valueOf(count));
  }

  private void replace(
      PatternMatcher matcher,
      ByteBuilder result,
      LuaString s,
      LuaValue replacement,
      int at,
      int end) {
    LuaValue value;
    if (replacement instanceof LuaTable table) {
      value = Semantics.index(vm, table, matcher.capture(0, at, end));
    } else if (replacement instanceof LuaFunction function) {
      value = function.invoke(matcher.captures(true, at, end)).arg1();
    } else {
      expand(matcher, result, s, LuaText.string(replacement), at, end);
      return;
    }
    if (!value.toboolean()) {
      result.append(s.m_bytes, at, end - at);
    } else if (value.isstring()) {
      result.append(LuaText.string(value));
    } else {
      throw LuaErrors.raise("invalid replacement value (a " + value.typename() + ")");
    }
  }

  private static void expand(
      PatternMatcher matcher, ByteBuilder result, LuaString s, LuaString text, int at, int end) {
    int i = 0;
    while (i < text.m_length) {
      int c = text.luaByte(i++);
      if (c != '%') {
        result.append(c);
        continue;
      }
      int escaped = i < text.m_length ? text.luaByte(i) : 0;
      i++;
      if (escaped < '0' || escaped > '9') {
        result.append(escaped);
      } else if (escaped == '0') {
        result.append(s.m_bytes, at, end - at);
      } else {
        result.append(LuaText.string(matcher.capture(escaped - '1', at, end)));
      }
    }
  }
}
