package dev.banyan.benchmarks.edge;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.lua.LuaText;
import dev.banyan.regex.Matcher;
import dev.banyan.regex.Regex;
import dev.banyan.regex.RegexOption;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Owned by one engine: {@code ngx.re} by PCRE2. Recalled, the matches of a pattern in a subject are
 * those of the last time that the same request asked, so that the time of a run is the engine's and
 * not the regular expressions'.
 */
final class ReStub {
  /** Whether matches are recalled or searched each time. */
  enum Mode {
    RECALLED,
    SEARCHED
  }

  /** What a pattern matched in a subject. */
  private record Recalled(LuaValue pattern, LuaString subject, List<int[]> matches) {
    boolean answers(LuaValue otherPattern, LuaString otherSubject) {
      return pattern.raweq(otherPattern) && subject.raweq(otherSubject);
    }
  }

  private final Engine engine;
  private final Mode mode;
  private final IdentityHashMap<Exchange, List<Recalled>> known = new IdentityHashMap<>();
  private List<Recalled> recalled = new ArrayList<>();
  private int asked;
  private final Map<LuaValue, Matcher> matchers = new HashMap<>();

  ReStub(Engine engine, Mode mode) {
    this.engine = engine;
    this.mode = mode;
  }

  /** What is asked from now on, is asked by this request. */
  void begin(Exchange exchange) {
    recalled = known.computeIfAbsent(exchange, e -> new ArrayList<>());
    asked = 0;
  }

  LuaTable table() {
    LuaTable re = engine.newTable();
    re.set("find", new Native(this::find));
    re.set("match", new Native(this::match));
    re.set("sub", new Native(args -> substitute(args, 1)));
    re.set("gsub", new Native(args -> substitute(args, Integer.MAX_VALUE)));
    return re;
  }

  private Varargs find(Varargs args) {
    List<int[]> matches = matches(args, 1);
    if (matches.isEmpty()) {
      return NIL;
    }
    int[] groups = matches.get(0);
    return varargsOf(LuaValue.valueOf(groups[0] + 1), LuaValue.valueOf(groups[1]));
  }

  private Varargs match(Varargs args) {
    List<int[]> matches = matches(args, 1);
    return matches.isEmpty() ? NIL : groups(args.arg1().checkstring(), matches.get(0));
  }

  private LuaTable groups(LuaString subject, int[] groups) {
    LuaTable table = engine.newTable();
    for (int i = 0; i < groups.length / 2; i++) {
      table.set(i, group(subject, groups, i));
    }
    return table;
  }

  private static LuaValue group(LuaString subject, int[] groups, int i) {
    return groups[2 * i] < 0 ? LuaValue.FALSE : subject.substring(groups[2 * i], groups[2 * i + 1]);
  }

  private Varargs substitute(Varargs args, int limit) {
    LuaString subject = args.arg1().checkstring();
    List<int[]> matches = matches(args, limit);
    if (matches.isEmpty()) {
      return varargsOf(subject, LuaValue.ZERO);
    }
    StringBuilder out = new StringBuilder();
    String text = LuaText.latin1(subject);
    int at = 0;
    for (int[] groups : matches) {
      out.append(text, at, groups[0]);
      if (args.arg(3) instanceof LuaFunction function) {
        out.append(LuaText.latin1(function.call(groups(subject, groups))));
      } else {
        expand(out, LuaText.latin1(args.arg(3)), text, groups);
      }
      at = groups[1];
    }
    out.append(text, at, text.length());
    return varargsOf(LuaText.of(out.toString()), LuaValue.valueOf(matches.size()));
  }

  private static void expand(StringBuilder out, String template, String text, int[] groups) {
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      if (c == '$') {
        int group = template.charAt(++i) - '0';
        out.append(text, groups[2 * group], groups[2 * group + 1]);
      } else {
        out.append(c);
      }
    }
  }

  private List<int[]> matches(Varargs args, int limit) {
    LuaString subject = args.arg1().checkstring();
    LuaValue pattern = args.arg(2);
    if (mode == Mode.SEARCHED) {
      return search(subject, pattern, options(args), limit);
    }
    int index = asked++;
    if (index < recalled.size() && recalled.get(index).answers(pattern, subject)) {
      return recalled.get(index).matches();
    }
    List<int[]> matches = search(subject, pattern, options(args), limit);
    Recalled now = new Recalled(pattern, LuaText.of(LuaText.latin1(subject)), matches);
    if (index < recalled.size()) {
      recalled.set(index, now);
    } else {
      recalled.add(now);
    }
    return matches;
  }

  private static LuaValue options(Varargs args) {
    LuaValue third = args.arg(3);
    return args.narg() == 3 ? third : args.arg(4);
  }

  private List<int[]> search(LuaString subject, LuaValue pattern, LuaValue options, int limit) {
    Matcher matcher =
        matchers.computeIfAbsent(pattern, p -> compile(p, LuaText.latin1(options)).matcher());
    matcher.reset(subject.m_bytes, subject.m_offset, subject.m_length);
    List<int[]> found = new ArrayList<>(1);
    for (int from = 0; found.size() < limit && matcher.find(from); from = matcher.end(0)) {
      int[] groups = new int[2 * (matcher.regex().groupCount() + 1)];
      for (int i = 0; i < groups.length / 2; i++) {
        groups[2 * i] = matcher.start(i);
        groups[2 * i + 1] = matcher.end(i);
      }
      found.add(groups);
    }
    return found;
  }

  private static Regex compile(LuaValue pattern, String letters) {
    Set<RegexOption> options = EnumSet.of(RegexOption.JIT);
    if (letters.indexOf('i') >= 0) {
      options.add(RegexOption.CASELESS);
    }
    return Regex.compile(new String(LuaText.bytes(pattern), StandardCharsets.ISO_8859_1), options);
  }
}
