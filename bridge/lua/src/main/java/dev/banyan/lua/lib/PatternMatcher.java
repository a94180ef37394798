package dev.banyan.lua.lib;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaVm;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Matches Lua patterns over bytes; one object serves all attempts of one call.
 *
 * <p>Work is charged to the machine, so that a pattern that backtracks without end meets the
 * deadline.
 */
final class PatternMatcher {
  private static final int MAX_CAPTURES = 32;
  private static final int MAX_DEPTH = 200;
  private static final int CAPTURE_OPEN = -1;
  private static final int CAPTURE_POSITION = -2;
  private static final int[] NO_CAPTURES = {};

  private final LuaVm vm;
  private final byte[] text;
  private final int base;
  private final int end;
  private final byte[] pattern;
  private final int patternStart;
  private final int patternEnd;
  private final int[] starts;
  private final int[] lengths;
  private int level;
  private int depth;

  PatternMatcher(LuaVm vm, LuaString text, LuaString pattern) {
    this.vm = vm;
    this.text = text.m_bytes;
    this.base = text.m_offset;
    this.end = text.m_offset + text.m_length;
    this.pattern = pattern.m_bytes;
    this.patternStart = pattern.m_offset;
    int zero = pattern.indexOf((byte) 0, 0); // ends a pattern as it ends C's strings
    this.patternEnd = pattern.m_offset + (zero < 0 ? pattern.m_length : zero);
    int captures = Math.min(MAX_CAPTURES, count('('));
    this.starts = captures == 0 ? NO_CAPTURES : new int[captures];
    this.lengths = captures == 0 ? NO_CAPTURES : new int[captures];
  }

  private int count(int c) {
    int count = 0;
    for (int i = patternStart; i < patternEnd; i++) {
      count += pattern[i] == c ? 1 : 0;
    }
    return count;
  }

  /**
   * Matches at one place.
   *
   * @param at index into the text's bytes, which start at {@code m_offset}
   * @param from index into the pattern's bytes
   * @return where the match ends, or -1
   */
  int match(int at, int from) {
    level = 0;
    depth = 0;
    return doMatch(at, from);
  }

  /**
   * The first place from {@code at} on where the pattern may match: places whose byte its first
   * item refuses are passed over.
   */
  int seek(int at, int from) {
    int p = from;
    while (p + 1 < patternEnd && pattern[p] == '(' && pattern[p + 1] != ')') {
      p++;
    }
    if (p >= patternEnd || !takesOneByte(p)) {
      return at;
    }
    int after = classEnd(p);
    int suffix = after < patternEnd ? pattern[after] : 0;
    if (suffix == '*' || suffix == '?' || suffix == '-') {
      return at;
    }
    int place = at;
    while (place < end && !single(text[place], p, after)) {
      place++;
    }
    vm.burn((place - at) >> 3);
    return place;
  }

  private boolean takesOneByte(int p) {
    return switch (pattern[p]) {
      case '(', ')' -> false;
      case '$' -> p + 1 < patternEnd;
      case '%' -> p + 1 < patternEnd && !isItem(pattern[p + 1]);
      default -> true;
    };
  }

  /** Whether a letter after the percent sign stands for more or less than one byte. */
  private static boolean isItem(byte letter) {
    return letter == 'b' || letter == 'f' || (letter >= '0' && letter <= '9');
  }

  private int doMatch(int at, int from) {
    if (++depth > MAX_DEPTH) {
      throw LuaErrors.raise("pattern too complex");
    }
    vm.burn(1);
    int result = matchHere(at, from);
    depth--;
    return result;
  }

  private int matchHere(int startAt, int from) {
    int s = startAt;
    int p = from;
    while (p < patternEnd) {
      int c = pattern[p];
      if (c == '(') {
        return p + 1 < patternEnd && pattern[p + 1] == ')'
            ? startCapture(s, p + 2, CAPTURE_POSITION)
            : startCapture(s, p + 1, CAPTURE_OPEN);
      }
      if (c == ')') {
        return endCapture(s, p + 1);
      }
      if (c == '$' && p + 1 == patternEnd) {
        return s == end ? s : -1;
      }
      if (c == '%' && p + 1 < patternEnd) {
        int next = pattern[p + 1];
        if (next == 'b') {
          s = matchBalance(s, p + 2);
          if (s < 0) {
            return -1;
          }
          p += 4;
          continue;
        }
        if (next == 'f') {
          p = frontier(s, p + 2);
          if (p < 0) {
            return -1;
          }
          continue;
        }
        if (next >= '0' && next <= '9') {
          s = matchCapture(s, next);
          if (s < 0) {
            return -1;
          }
          p += 2;
          continue;
        }
      }
      int after = classEnd(p);
      int suffix = after < patternEnd ? pattern[after] : 0;
      switch (suffix) {
        case '?' -> {
          if (s < end && single(text[s], p, after)) {
            int result = doMatch(s + 1, after + 1);
            if (result >= 0) {
              return result;
            }
          }
          p = after + 1;
        }
        case '*' -> {
          return maxExpand(s, p, after);
        }
        case '+' -> {
          return s < end && single(text[s], p, after) ? maxExpand(s + 1, p, after) : -1;
        }
        case '-' -> {
          return minExpand(s, p, after);
        }
        default -> {
          if (s >= end || !single(text[s], p, after)) {
            return -1;
          }
          s++;
          p = after;
        }
      }
    }
    return s;
  }

  private int classEnd(int from) {
    int p = from;
    int c = pattern[p++];
    if (c == '%') {
      if (p >= patternEnd) {
        throw LuaErrors.raise("malformed pattern (ends with '%')");
      }
      return p + 1;
    }
    if (c == '[') {
      if (p < patternEnd && pattern[p] == '^') {
        p++;
      }
      do {
        if (p >= patternEnd) {
          throw LuaErrors.raise("malformed pattern (missing ']')");
        }
        if (pattern[p++] == '%') {
          p++;
        }
      } while (p >= patternEnd || pattern[p] != ']');
      return p + 1;
    }
    return p;
  }

  private boolean single(byte b, int p, int classEnd) {
    return switch (pattern[p]) {
      case '.' -> true;
      case '%' -> CharClasses.matches(b & 0xff, pattern[p + 1] & 0xff);
      case '[' -> inSet(b & 0xff, p, classEnd - 1);
      default -> pattern[p] == b;
    };
  }

  private boolean inSet(int c, int from, int last) {
    int p = from + 1;
    boolean found = true;
    if (pattern[p] == '^') {
      found = false;
      p++;
    }
    for (; p < last; p++) {
      int member = pattern[p] & 0xff;
      if (member == '%') {
        p++;
        if (CharClasses.matches(c, pattern[p] & 0xff)) {
          return found;
        }
      } else if (p + 2 < last && pattern[p + 1] == '-') {
        if (member <= c && c <= (pattern[p + 2] & 0xff)) {
          return found;
        }
        p += 2;
      } else if (member == c) {
        return found;
      }
    }
    return !found;
  }

  private int maxExpand(int s, int p, int after) {
    int count = 0;
    while (s + count < end && single(text[s + count], p, after)) {
      count++;
    }
    vm.burn(count);
    for (; count >= 0; count--) {
      int result = doMatch(s + count, after + 1);
      if (result >= 0) {
        return result;
      }
    }
    return -1;
  }

  private int minExpand(int from, int p, int after) {
    int s = from;
    while (true) {
      int result = doMatch(s, after + 1);
      if (result >= 0) {
        return result;
      }
      if (s >= end || !single(text[s], p, after)) {
        return -1;
      }
      s++;
    }
  }

  private int startCapture(int s, int p, int what) {
    if (level >= MAX_CAPTURES) {
      throw LuaErrors.raise("too many captures");
    }
    starts[level] = s;
    lengths[level] = what;
    level++;
    int result = doMatch(s, p);
    if (result < 0) {
      level--;
    }
    return result;
  }

  private int endCapture(int s, int p) {
    int open = openCapture();
    lengths[open] = s - starts[open];
    int result = doMatch(s, p);
    if (result < 0) {
      lengths[open] = CAPTURE_OPEN;
    }
    return result;
  }

  private int openCapture() {
    for (int i = level - 1; i >= 0; i--) {
      if (lengths[i] == CAPTURE_OPEN) {
        return i;
      }
    }
    throw LuaErrors.raise("invalid pattern capture");
  }

  private int matchBalance(int s, int p) {
    if (p + 1 >= patternEnd) {
      throw LuaErrors.raise("unbalanced pattern");
    }
    if (s >= end || text[s] != pattern[p]) {
      return -1;
    }
    int open = 1;
    for (int i = s + 1; i < end; i++) {
      if (text[i] == pattern[p + 1]) {
        if (--open == 0) {
          return i + 1;
        }
      } else if (text[i] == pattern[p]) {
        open++;
      }
    }
    return -1;
  }

  private int frontier(int s, int p) {
    if (p >= patternEnd || pattern[p] != '[') {
      throw LuaErrors.raise("missing '[' after '%f' in pattern");
    }
    int after = classEnd(p);
    int before = s == base ? 0 : text[s - 1] & 0xff;
    int here = s == end ? 0 : text[s] & 0xff;
    return !inSet(before, p, after - 1) && inSet(here, p, after - 1) ? after : -1;
  }

  private int matchCapture(int s, int digit) {
    int index = digit - '1';
    if (index < 0 || index >= level || lengths[index] == CAPTURE_OPEN) {
      throw LuaErrors.raise("invalid capture index");
    }
    int length = lengths[index];
    if (end - s < length) {
      return -1;
    }
    for (int i = 0; i < length; i++) {
      if (text[starts[index] + i] != text[s + i]) {
        return -1;
      }
    }
    return s + length;
  }

  // ---- captures

  int captures() {
    return level;
  }

  /** A capture, or the whole match when the pattern has none. */
  LuaValue capture(int index, int from, int to) {
    if (index >= level) {
      if (index == 0) {
        return LuaString.valueOf(text, from, to - from);
      }
      throw LuaErrors.raise("invalid capture index");
    }
    int length = lengths[index];
    if (length == CAPTURE_OPEN) {
      throw LuaErrors.raise("unfinished capture");
    }
    return length == CAPTURE_POSITION
        ? LuaInteger.valueOf(starts[index] - base + 1)
        : LuaString.valueOf(text, starts[index], length);
  }

  /** All captures, or the whole match when {@code whole} and the pattern has none. */
  Varargs captures(boolean whole, int from, int to) {
    int count = level == 0 && whole ? 1 : level;
    if (count == 1) {
      return capture(0, from, to);
    }
    LuaValue[] values = new LuaValue[count];
    for (int i = 0; i < count; i++) {
      values[i] = capture(i, from, to);
    }
    return LuaValue.varargsOf(values);
  }
}
