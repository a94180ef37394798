package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.NONE;
import static org.luaj.vm2.LuaValue.TRUE;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.Semantics;
import dev.banyan.lua.Table;
import dev.banyan.lua.ngx.process.Child;
import java.io.ByteArrayOutputStream;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The methods of a process of {@code ngx.pipe} that read nothing. */
final class PipeMethods {
  private static final String ABORTED = "aborted";

  private PipeMethods() {}

  static void open(Bindings bindings, Table methods) {
    add(bindings, methods, "pid", (x, args) -> LuaNumbers.of(Pipe.self(args).child().pid()));
    add(bindings, methods, "set_timeouts", (x, args) -> setTimeouts(args));
    add(bindings, methods, "write", PipeMethods::write);
    add(bindings, methods, "shutdown", (x, args) -> shutdown(args));
    add(bindings, methods, "wait", PipeMethods::await);
    add(bindings, methods, "kill", PipeMethods::kill);
  }

  private static void add(Bindings bindings, Table methods, String name, ApiBody body) {
    methods.rawset(name, bindings.method("pipe:" + name, body));
  }

  private static Varargs setTimeouts(Varargs args) {
    Pipe.self(args).timeouts().set(args.arg(2), args.arg(3), args.arg(4), args.arg(5));
    return NONE;
  }

  private static Varargs write(Execution x, Varargs args) {
    Pipe pipe = Pipe.self(args);
    byte[] octets = octets(args.arg(2));
    if (pipe.child().finished()) {
      return Execution.failure("closed");
    }
    x.checkSuspendable();
    try {
      pipe.child().stdin().write(octets, pipe.timeouts().write);
      return LuaNumbers.of(octets.length);
    } catch (NgxFailure e) {
      return Execution.failure(e);
    }
  }

  private static byte[] octets(LuaValue value) {
    if (value instanceof LuaString || value instanceof LuaNumber) {
      return LuaText.bytes(value);
    }
    if (!(value instanceof LuaTable table)) {
      throw LuaErrors.raise(
          "bad data arg: string, number, or table expected, got " + value.typename());
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int length = table.length();
    for (int i = 1; i <= length; i++) {
      LuaValue each = table.rawget(i);
      if (!(each instanceof LuaString || each instanceof LuaNumber)) {
        throw LuaErrors.raise(
            "invalid value (" + each.typename() + ") at index " + i + " in table for 'concat'");
      }
      all.writeBytes(LuaText.bytes(each));
    }
    return all.toByteArray();
  }

  private static Varargs shutdown(Varargs args) {
    Child child = Pipe.self(args).child();
    LuaValue direction = args.arg(2);
    String name = direction instanceof LuaString ? LuaText.latin1(direction) : "";
    Runnable closing =
        switch (name) {
          case "stdin" -> () -> child.stdin().close(ABORTED);
          case "stdout" -> () -> child.stdout().close(ABORTED);
          case "stderr" -> () -> child.stderr().close(ABORTED);
          default -> throw unknown(direction);
        };
    if (child.finished()) {
      return Execution.failure("closed");
    }
    if (name.equals("stderr") && child.mergesStderr()) {
      return Execution.failure("merged to stdout");
    }
    closing.run();
    return TRUE;
  }

  private static RuntimeException unknown(LuaValue direction) {
    return direction instanceof LuaString || direction instanceof LuaNumber
        ? LuaErrors.raise("bad shutdown arg: " + LuaText.display(direction))
        : LuaErrors.raise(
            "attempt to concatenate local 'direction' (a " + direction.typename() + " value)");
  }

  private static Varargs await(Execution x, Varargs args) {
    Pipe pipe = Pipe.self(args);
    x.checkSuspendable();
    try {
      Child.Exit exit = pipe.child().await(pipe.timeouts().wait);
      return varargsOf(
          LuaValue.valueOf(exit.status() == 0),
          LuaText.of(exit.signalled() ? "signal" : "exit"),
          LuaNumbers.of(exit.status()));
    } catch (NgxFailure e) {
      return Execution.failure(e);
    }
  }

  private static Varargs kill(Execution x, Varargs args) {
    Pipe pipe = Pipe.self(args);
    if (!(args.arg(2) instanceof LuaNumber number)) {
      String shown =
          args.arg(2).isnil()
              ? "nil"
              : LuaText.latin1(Semantics.tostring(x.machine.vm(), args.arg(2)));
      throw LuaErrors.raise("bad signal arg: number expected, got " + shown);
    }
    try {
      pipe.child().signal((int) number.todouble());
      return TRUE;
    } catch (NgxFailure e) {
      return Execution.failure(e);
    }
  }
}
