package dev.banyan.lua.ngx.re;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.Table;
import dev.banyan.lua.ngx.Coerce;
import dev.banyan.lua.ngx.LogSink;
import dev.banyan.regex.Matcher;
import dev.banyan.regex.RegexFailure;
import java.util.Map;
import java.util.Optional;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one worker: {@code ngx.re.sub} and {@code gsub}. */
final class ReSubstitution {
  /** How many replacement templates are kept compiled. */
  private static final int TEMPLATE_ENTRIES = 256;

  private final LuaVm vm;
  private final ReCache cache;
  private final LogSink log;
  private final Map<String, Replacement> templates = new BoundedCache<>(TEMPLATE_ENTRIES);

  ReSubstitution(LuaVm vm, ReCache cache, LogSink log) {
    this.vm = vm;
    this.cache = cache;
    this.log = log;
  }

  /** Writes what takes a match's place. */
  @FunctionalInterface
  private interface Writer {
    void write(Matcher matcher, ByteSink out);
  }

  Varargs sub(Varargs args, boolean global) {
    LuaValue replacement = args.arg(3);
    try {
      CompiledRe compiled = cache.compiled(args.arg(2), args.arg(4));
      if (replacement instanceof LuaFunction function) {
        LuaString subject = Coerce.string(vm, args.arg(1));
        return replace(
            compiled, subject, global, (m, out) -> call(compiled, subject, function, m, out));
      }
      Optional<Replacement> template = template(LuaText.latin1(Coerce.string(vm, replacement)));
      if (template.isEmpty()) {
        return varargsOf(NIL, NIL, LuaText.of("failed to compile the replacement template"));
      }
      LuaString subject = Coerce.string(vm, args.arg(1));
      return replace(compiled, subject, global, (m, out) -> template.get().append(m, subject, out));
    } catch (ReCache.PatternError e) {
      return varargsOf(NIL, NIL, e.text());
    } catch (RegexFailure e) {
      return varargsOf(NIL, NIL, ReApi.failure(e));
    }
  }

  private Optional<Replacement> template(String text) {
    Replacement known = templates.get(text);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Replacement> compiled = Replacement.compile(text, log);
    compiled.ifPresent(template -> templates.put(text, template));
    return compiled;
  }

  private void call(
      CompiledRe compiled, LuaString subject, LuaFunction function, Matcher matcher, ByteSink out) {
    Table groups = compiled.newResult();
    compiled.collect(matcher, subject, groups);
    LuaString piece = Coerce.string(vm, function.call(groups));
    out.append(piece.m_bytes, piece.m_offset, piece.m_length);
  }

  private static Varargs replace(
      CompiledRe compiled, LuaString subject, boolean global, Writer writer) {
    Matcher matcher = compiled.matcher(subject);
    try {
      ByteSink out = new ByteSink(subject.m_length + 16);
      int count = 0;
      int copied = 0;
      int next = 0;
      while (next <= subject.m_length && matcher.find(next)) {
        int start = matcher.start(0);
        int end = matcher.end(0);
        count++;
        out.append(subject.m_bytes, subject.m_offset + copied, Math.max(0, start - copied));
        writer.write(matcher, out);
        copied = end;
        next = end == start ? end + 1 : end;
        if (!global) {
          break;
        }
      }
      if (count == 0) {
        return varargsOf(subject, LuaValue.ZERO);
      }
      out.append(
          subject.m_bytes, subject.m_offset + copied, Math.max(0, subject.m_length - copied));
      return varargsOf(out.toLua(), LuaNumbers.of((long) count));
    } finally {
      compiled.release(matcher);
    }
  }
}
