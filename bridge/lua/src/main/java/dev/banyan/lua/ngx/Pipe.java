package dev.banyan.lua.ngx;

import dev.banyan.lua.CData;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.ngx.process.Child;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one worker: what {@code ngx.pipe} gives for a process. */
record Pipe(Child child, Pipe.Timeouts timeouts) {
  /** Owned by one worker: how long the calls of a process wait; null for however long. */
  static final class Timeouts {
    private static final double MAX_MILLIS = 0xffff_ffffL;
    private static final Duration DEFAULT = Duration.ofSeconds(10);

    @Nullable Duration write = DEFAULT;
    @Nullable Duration stdout = DEFAULT;
    @Nullable Duration stderr = DEFAULT;
    @Nullable Duration wait = DEFAULT;

    /** Sets those that are given. */
    void set(LuaValue toWrite, LuaValue toStdout, LuaValue toStderr, LuaValue toWait) {
      write = time(toWrite, write);
      stdout = time(toStdout, stdout);
      stderr = time(toStderr, stderr);
      wait = time(toWait, wait);
    }

    private static @Nullable Duration time(LuaValue value, @Nullable Duration before) {
      if (!value.toboolean()) {
        return before;
      }
      double millis = number(value);
      if (millis < 0 || millis > MAX_MILLIS) {
        throw LuaErrors.raise("bad timeout value");
      }
      return millis < 1 ? null : Duration.ofMillis((long) millis);
    }
  }

  /** A number that Lua compares with one. */
  static double number(LuaValue value) {
    if (value instanceof LuaNumber number) {
      return number.todouble();
    }
    throw LuaErrors.raise("attempt to compare " + value.typename() + " with number");
  }

  /** The process that a method is called on. */
  static Pipe self(Varargs args) {
    if (args.arg1() instanceof CData data && data.userdata() instanceof Pipe pipe) {
      return pipe;
    }
    throw LuaErrors.raise("not a process instance");
  }

  /** A failure as it is told to Lua. */
  static Varargs failure(NgxFailure failure, LuaValue partial) {
    return LuaValue.varargsOf(
        LuaValue.NIL, LuaText.of(String.valueOf(failure.getMessage())), partial);
  }
}
