package dev.banyan.lua.ngx.re;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.lua.CData;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Semantics;
import dev.banyan.lua.Table;
import dev.banyan.lua.ngx.Coerce;
import dev.banyan.lua.ngx.LogSink;
import dev.banyan.regex.Matcher;
import dev.banyan.regex.RegexFailure;
import dev.banyan.regex.RegexOption;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Owned by one worker: {@code ngx.re.match}, {@code find}, {@code gmatch}, {@code sub}, {@code
 * gsub}.
 */
public final class ReApi {
  private static final LuaString POS = LuaText.of("pos");
  private static final int COMPILE_ONCE = 1;
  private static final int DFA = 2;
  private static final int JIT = 4;

  private final LuaVm vm;
  private final ReCache cache;
  private final ReSubstitution substitution;
  private final ReSplit split;

  /** The functions of a machine; {@code log} gets what is wrong with replacement templates. */
  public ReApi(LuaVm vm, ReSettings settings, LogSink log) {
    this.vm = vm;
    this.cache = new ReCache(settings);
    this.substitution = new ReSubstitution(vm, cache, log);
    this.split = new ReSplit(vm, cache);
  }

  /** Adds the functions to {@code ngx.re}. */
  public void open(Table re) {
    re.rawset("match", NativeFunction.of("match", this::match));
    re.rawset("find", new Find());
    re.rawset("gmatch", NativeFunction.of("gmatch", this::gmatch));
    re.rawset("sub", NativeFunction.of("sub", args -> substitution.sub(args, false)));
    re.rawset("gsub", NativeFunction.of("gsub", args -> substitution.sub(args, true)));
  }

  /** The table that {@code require "ngx.re"} gives. */
  public Table module() {
    Table module = new Table();
    module.rawset("split", NativeFunction.of("split", split::split));
    module.rawset("opt", NativeFunction.of("opt", this::option));
    return module;
  }

  /** What libraries take of {@code resty.core.regex}: a look whether patterns compile. */
  public Table compiling() {
    Table module = new Table();
    module.rawset("re_match_compile", NativeFunction.of("re_match_compile", this::compile));
    return module;
  }

  private Varargs compile(Varargs args) {
    ReOptions options = cache.options(args.arg(2));
    try {
      CData compiled = new CData(cache.compiled(args.arg1(), options));
      return varargsOf(compiled, LuaValue.valueOf(options.once()), flags(options));
    } catch (ReCache.PatternError e) {
      return varargsOf(NIL, e.text());
    }
  }

  private static LuaNumber flags(ReOptions options) {
    long flags = options.once() ? COMPILE_ONCE : 0;
    flags |= options.regex().contains(RegexOption.DFA) ? DFA : 0;
    flags |= options.regex().contains(RegexOption.JIT) ? JIT : 0;
    return LuaNumbers.of(flags);
  }

  private Varargs match(Varargs args) {
    LuaString subject = Coerce.string(vm, args.arg(1));
    LuaValue context = args.arg(4);
    try {
      CompiledRe compiled = cache.compiled(args.arg(2), args.arg(3));
      Matcher matcher = compiled.matcher(subject);
      try {
        if (!matcher.find(position(context))) {
          return NIL;
        }
        advance(context, matcher);
        LuaTable result = args.arg(5).toboolean() ? resultTable(args.arg(5)) : compiled.newResult();
        compiled.collect(matcher, subject, result);
        return result;
      } finally {
        compiled.release(matcher);
      }
    } catch (ReCache.PatternError e) {
      return varargsOf(NIL, e.text());
    } catch (RegexFailure e) {
      return varargsOf(NIL, failure(e));
    }
  }

  private Varargs find(Varargs args) {
    LuaString subject = Coerce.string(vm, args.arg(1));
    LuaValue context = args.arg(4);
    try {
      CompiledRe compiled = cache.compiled(args.arg(2), args.arg(3));
      Matcher matcher = compiled.matcher(subject);
      try {
        if (!matcher.find(position(context))) {
          return NIL;
        }
        advance(context, matcher);
        return found(compiled, matcher, args.arg(5));
      } finally {
        compiled.release(matcher);
      }
    } catch (ReCache.PatternError e) {
      return varargsOf(NIL, NIL, e.text());
    } catch (RegexFailure e) {
      return varargsOf(NIL, NIL, failure(e));
    }
  }

  /** {@code ngx.re.find}, whose callers mostly ask whether there is a match and no more. */
  private final class Find extends NativeFunction {
    Find() {
      super("find");
    }

    @Override
    public Varargs invoke(Varargs args) {
      return find(args);
    }

    @Override
    public LuaValue call(LuaValue subject, LuaValue pattern, LuaValue letters) {
      return start(Coerce.string(vm, subject), pattern, letters);
    }
  }

  /** Where the first match starts; nil for none, and for an error that nobody asks for. */
  private LuaValue start(LuaString subject, LuaValue pattern, LuaValue letters) {
    try {
      CompiledRe compiled = cache.compiled(pattern, letters);
      Matcher matcher = compiled.matcher(subject);
      try {
        return matcher.find(0) ? LuaNumbers.of((long) matcher.start(0) + 1) : NIL;
      } finally {
        compiled.release(matcher);
      }
    } catch (ReCache.PatternError | RegexFailure e) {
      return NIL;
    }
  }

  private static Varargs found(CompiledRe compiled, Matcher matcher, LuaValue nth) {
    double wanted = nth.toboolean() ? number(nth) : 0;
    int group = (int) Math.max(0, wanted);
    if (wanted > compiled.groupCount()) {
      return varargsOf(NIL, NIL, LuaText.of("nth out of bound"));
    }
    if (group >= matcher.count() || matcher.start(group) < 0) {
      return varargsOf(NIL, NIL);
    }
    return varargsOf(
        LuaNumbers.of((long) matcher.start(group) + 1), LuaNumbers.of((long) matcher.end(group)));
  }

  private Varargs gmatch(Varargs args) {
    LuaString subject = Coerce.string(vm, args.arg(1));
    try {
      CompiledRe compiled = cache.compiled(args.arg(2), args.arg(3));
      return new MatchIterator(compiled, subject);
    } catch (ReCache.PatternError e) {
      return varargsOf(NIL, e.text());
    }
  }

  private Varargs option(Varargs args) {
    if (!args.arg(1).isstring() || !LuaText.latin1(args.arg(1)).equals("jit_stack_size")) {
      throw LuaErrors.raise("unrecognized option name");
    }
    if (!cache.isEmpty()) {
      throw LuaErrors.raise(
          "changing jit stack size is not allowed when some regexs have already been compiled and cached");
    }
    // The stack of a worker is as large as lua-nginx-module lets anyone ask for.
    number(args.arg(2));
    return LuaValue.NONE;
  }

  private int position(LuaValue context) {
    if (!context.toboolean()) {
      return 0;
    }
    if (!(context instanceof LuaTable || context instanceof LuaString)) {
      throw unindexed(context); // isstring() holds for numbers too
    }
    LuaValue pos = Semantics.index(vm, context, POS);
    return pos.toboolean() ? (int) Math.max(0, number(pos) - 1) : 0;
  }

  static LuaError unindexed(LuaValue context) {
    return LuaErrors.raise("attempt to index local 'ctx' (a " + context.typename() + " value)");
  }

  private void advance(LuaValue context, Matcher matcher) {
    if (context.toboolean() && !context.istable()) {
      throw unindexed(context);
    }
    if (context.toboolean()) {
      Semantics.setIndex(vm, context, POS, LuaNumbers.of((long) matcher.end(0) + 1));
    }
  }

  private static LuaTable resultTable(LuaValue value) {
    if (value instanceof LuaTable table) {
      return table;
    }
    throw LuaErrors.raise("attempt to index local 'res' (a " + value.typename() + " value)");
  }

  /** A number that another one is compared with. */
  static double most(LuaValue value) {
    if (value instanceof LuaNumber number) {
      return number.todouble();
    }
    throw LuaErrors.raise("attempt to compare number with " + value.typename());
  }

  static double number(LuaValue value) {
    if (value instanceof LuaNumber number) {
      return number.todouble();
    }
    throw LuaErrors.raise("attempt to compare " + value.typename() + " with number");
  }

  static LuaString failure(RegexFailure failure) {
    return LuaText.of("pcre_exec() failed: " + failure.code());
  }

  /** The function that {@code ngx.re.gmatch} gives: one match after the other. */
  private static final class MatchIterator extends NativeFunction {
    private final CompiledRe compiled;
    private final LuaString subject;
    private int next;

    MatchIterator(CompiledRe compiled, LuaString subject) {
      super("iterator");
      this.compiled = compiled;
      this.subject = subject;
    }

    @Override
    public Varargs invoke(Varargs args) {
      if (next > subject.m_length) {
        return NIL;
      }
      Matcher matcher = compiled.matcher(subject);
      try {
        if (!matcher.find(next)) {
          next = subject.m_length + 1;
          return NIL;
        }
        next = matcher.end(0) == matcher.start(0) ? matcher.end(0) + 1 : matcher.end(0);
        Table result = compiled.newResult();
        compiled.collect(matcher, subject, result);
        return result;
      } catch (RegexFailure e) {
        next = subject.m_length + 1;
        return varargsOf(NIL, failure(e));
      } finally {
        compiled.release(matcher);
      }
    }
  }
}
