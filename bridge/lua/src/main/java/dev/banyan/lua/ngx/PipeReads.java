package dev.banyan.lua.ngx;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.Table;
import dev.banyan.lua.ngx.process.ChildReader;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code proc:stdout_read_all}, {@code stderr_read_line} and their like. */
final class PipeReads {
  private PipeReads() {}

  /** How a read takes what it waits for off the received octets. */
  @FunctionalInterface
  private interface Take {
    /** What was waited for; null while octets are missing. */
    byte @Nullable [] from(ChildReader reader);

    /** What is there of it. */
    default byte[] rest(ChildReader reader) {
      return reader.take(reader.available());
    }
  }

  private static final Take ALL = reader -> reader.ended() ? reader.take(reader.available()) : null;

  private static final Take LINE =
      new Take() {
        @Override
        public byte @Nullable [] from(ChildReader reader) {
          int end = reader.indexOf('\n');
          return end < 0 ? null : withoutReturns(reader.take(end + 1), end);
        }

        @Override
        public byte[] rest(ChildReader reader) {
          int left = reader.available();
          return withoutReturns(reader.take(left), left);
        }
      };

  static void open(Bindings bindings, Table methods) {
    for (boolean error : new boolean[] {false, true}) {
      add(bindings, methods, error, "all", (x, args) -> read(x, args, error, ALL));
      add(bindings, methods, error, "line", (x, args) -> read(x, args, error, LINE));
      add(bindings, methods, error, "bytes", (x, args) -> bytes(x, args, error));
      add(bindings, methods, error, "any", (x, args) -> any(x, args, error));
    }
  }

  private static void add(
      Bindings bindings, Table methods, boolean error, String what, ApiBody body) {
    String name = (error ? "stderr" : "stdout") + "_read_" + what;
    methods.rawset(name, bindings.method("pipe:" + name, body));
  }

  private static byte[] withoutReturns(byte[] octets, int length) {
    byte[] line = new byte[length];
    int kept = 0;
    for (int i = 0; i < length; i++) {
      if (octets[i] != '\r') {
        line[kept++] = octets[i];
      }
    }
    return java.util.Arrays.copyOf(line, kept);
  }

  private static Varargs bytes(Execution x, Varargs args, boolean error) {
    double length = Pipe.number(args.arg(2));
    if (length < 0) {
      throw LuaErrors.raise("bad len argument");
    }
    if (length == 0) {
      return LuaText.of("");
    }
    long count = (long) length;
    return read(
        x, args, error, reader -> reader.available() >= count ? reader.take((int) count) : null);
  }

  private static Varargs any(Execution x, Varargs args, boolean error) {
    LuaNumber max = LuaNumbers.parse(args.arg(2));
    if (max == null || !(max.todouble() > 0)) {
      throw LuaErrors.raise("bad max argument");
    }
    long most = (long) max.todouble();
    return read(
        x,
        args,
        error,
        reader ->
            reader.available() > 0 ? reader.take((int) Math.min(most, reader.available())) : null);
  }

  private static Varargs read(Execution x, Varargs args, boolean error, Take take) {
    Pipe pipe = Pipe.self(args);
    ChildReader reader = error ? pipe.child().stderr() : pipe.child().stdout();
    if (pipe.child().finished()) {
      return Execution.failure("closed");
    }
    if (error && pipe.child().mergesStderr()) {
      return Execution.failure("merged to stdout");
    }
    if (reader.closed()) {
      return Execution.failure("closed");
    }
    if (reader.busy()) {
      return Execution.failure("pipe busy reading");
    }
    reader.begin();
    try {
      return read(x, reader, take, error ? pipe.timeouts().stderr : pipe.timeouts().stdout);
    } finally {
      reader.end();
    }
  }

  private static Varargs read(Execution x, ChildReader reader, Take take, @Nullable Duration time) {
    try {
      while (true) {
        byte[] got = take.from(reader);
        if (got != null) {
          return LuaString.valueUsing(got);
        }
        if (reader.ended()) {
          throw new NgxFailure("closed");
        }
        x.checkSuspendable();
        reader.fill(time);
      }
    } catch (NgxFailure e) {
      LuaValue partial = LuaString.valueUsing(take.rest(reader));
      return Pipe.failure(e, partial);
    }
  }
}
