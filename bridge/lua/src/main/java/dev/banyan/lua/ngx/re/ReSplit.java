package dev.banyan.lua.ngx.re;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.Semantics;
import dev.banyan.lua.Table;
import dev.banyan.lua.ngx.Coerce;
import dev.banyan.regex.Matcher;
import dev.banyan.regex.RegexFailure;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one worker: {@code split} of the module {@code ngx.re}. */
final class ReSplit {
  private static final LuaString POS = LuaText.of("pos");

  private final LuaVm vm;
  private final ReCache cache;

  ReSplit(LuaVm vm, ReCache cache) {
    this.vm = vm;
    this.cache = cache;
  }

  Varargs split(Varargs args) {
    LuaString subject = Coerce.string(vm, args.arg(1));
    LuaValue context = args.arg(4);
    double most = args.arg(5).toboolean() ? ReApi.most(args.arg(5)) : 0;
    LuaTable result = result(args.arg(6));
    int from = start(context);
    if (from > subject.m_length) {
      result.set(1, NIL);
      return result;
    }
    try {
      CompiledRe compiled = cache.compiled(args.arg(2), cache.options(args.arg(3)));
      Matcher matcher = compiled.matcher(subject);
      Pass pass = new Pass(subject, compiled, matcher, result, from);
      try {
        pass.run(most);
      } finally {
        if (context.toboolean()) {
          Semantics.setIndex(vm, context, POS, LuaNumbers.of((long) pass.at));
        }
        compiled.release(matcher);
      }
      return result;
    } catch (ReCache.PatternError e) {
      return varargsOf(NIL, e.text());
    } catch (RegexFailure e) {
      return varargsOf(NIL, ReApi.failure(e));
    }
  }

  private static LuaTable result(LuaValue given) {
    if (!given.toboolean()) {
      return new Table(4, 0);
    }
    if (given instanceof LuaTable table) {
      return table;
    }
    throw LuaErrors.raise("res is not a table");
  }

  private int start(LuaValue context) {
    if (!context.toboolean()) {
      return 1;
    }
    if (!(context instanceof LuaTable)) {
      throw ReApi.unindexed(context);
    }
    LuaValue pos = Semantics.index(vm, context, POS);
    if (pos.toboolean()) {
      return (int) ReApi.number(pos);
    }
    Semantics.setIndex(vm, context, POS, LuaNumbers.of(1L));
    return 1;
  }

  /** One call: positions count from one, as in Lua; {@code at} is where the next search begins. */
  private static final class Pass {
    private final LuaString subject;
    private final CompiledRe compiled;
    private final Matcher matcher;
    private final LuaTable result;
    private int at;
    private int pieceStart;
    private int count;
    private boolean sawEmpty;
    private int lastEmpty;

    Pass(LuaString subject, CompiledRe compiled, Matcher matcher, LuaTable result, int from) {
      this.subject = subject;
      this.compiled = compiled;
      this.matcher = matcher;
      this.result = result;
      this.pieceStart = from;
      this.at = from - 1;
    }

    void run(double most) {
      int pieces = 1;
      while ((!(most > 0) || pieces < most) && find()) {
        int from = matcher.start(0) + 1;
        int to = matcher.end(0) + 1;
        if (sawEmpty) {
          pieceStart = lastEmpty;
        }
        if (from == to) {
          sawEmpty = true;
          lastEmpty = from;
        }
        if (from > pieceStart || !sawEmpty) {
          pieces++;
          add(slice(pieceStart, from - 1));
          if (compiled.groupCount() > 0 && matcher.count() > 1) {
            add(CompiledRe.slice(subject, Math.max(0, matcher.start(1)), matcher.end(1)));
          }
          pieceStart = to;
          if (pieceStart > subject.m_length) {
            break;
          }
        }
      }
      finish(most);
    }

    private boolean find() {
      int from = Math.max(at, 0);
      if (from > subject.m_length || !matcher.find(from)) {
        return false;
      }
      int end = matcher.end(0);
      at = matcher.start(0) == end ? end + 1 : end;
      return true;
    }

    private void finish(double most) {
      if (most <= 0 && pieceStart > subject.m_length) {
        while (count > 0 && result.get(count) instanceof LuaString s && s.m_length == 0) {
          result.set(count--, NIL);
        }
      } else {
        add(slice(pieceStart, subject.m_length));
      }
      result.set(count + 1, NIL);
    }

    private void add(LuaString piece) {
      result.set(++count, piece);
    }

    /** {@code subject:sub(from, to)}, which a position below one counts from the end. */
    private LuaString slice(int from, int to) {
      int start = from < 0 ? Math.max(0, subject.m_length + from) : Math.max(0, from - 1);
      int end = to < 0 ? subject.m_length + to + 1 : Math.min(to, subject.m_length);
      return CompiledRe.slice(subject, start, end);
    }
  }
}
