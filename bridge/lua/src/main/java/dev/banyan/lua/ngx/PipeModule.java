package dev.banyan.lua.ngx;

import dev.banyan.api.Journal;
import dev.banyan.api.Phase;
import dev.banyan.lua.CData;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.Semantics;
import dev.banyan.lua.Table;
import dev.banyan.lua.ngx.process.Child;
import dev.banyan.lua.ngx.process.Command;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one machine: {@code require "ngx.pipe"}, whose {@code spawn} starts a process. */
final class PipeModule {
  private static final long DEFAULT_BUFFER = 4096;

  private final ProcessEnvironment environment;
  private final Table metatable = new Table();

  private PipeModule(ProcessEnvironment environment) {
    this.environment = environment;
  }

  static void open(Bindings bindings, ProcessEnvironment environment) {
    PipeModule pipes = new PipeModule(environment);
    Table methods = new Table();
    PipeReads.open(bindings, methods);
    PipeMethods.open(bindings, methods);
    pipes.metatable.rawset(LuaValue.INDEX, methods);
    pipes.metatable.rawset(LuaValue.METATABLE, LuaText.of("ffi"));
    Table module = new Table();
    module.rawset("version", LuaText.of("0.1.25"));
    module.rawset("spawn", bindings.method("ngx.pipe:spawn", pipes::spawn));
    bindings.vm().preload("ngx.pipe", () -> module);
  }

  private Varargs spawn(Execution x, Varargs args) {
    if (x.phase == Phase.INIT) {
      throw LuaErrors.raise("API disabled in the current context");
    }
    List<String> arguments = arguments(x, args.arg1());
    LuaValue options = args.arg(2);
    boolean optional = options.toboolean();
    boolean merge = optional && option(x, options, "merge_stderr").toboolean();
    long buffer = optional ? buffer(option(x, options, "buffer_size")) : DEFAULT_BUFFER;
    Map<String, String> given = optional ? environ(option(x, options, "environ")) : Map.of();
    Pipe.Timeouts timeouts = new Pipe.Timeouts();
    if (optional) {
      timeouts.set(
          option(x, options, "write_timeout"),
          option(x, options, "stdout_read_timeout"),
          option(x, options, "stderr_read_timeout"),
          option(x, options, "wait_timeout"));
    }
    Map<String, String> whole = given.isEmpty() ? environment.ofWorkers() : given;
    Command command = new Command(arguments, whole, environment.ofWorker("PATH"), merge, buffer);
    Child child;
    try {
      child = x.worker().children().start(command);
    } catch (NgxFailure e) {
      return Execution.failure(e);
    }
    String text = command.text();
    Execution.note(
        x.machine.vm(),
        text.length(),
        () -> new Journal.Entry.Chose(Journal.Entry.Chose.PROCESS, text));
    CData object = new CData(new Pipe(child, timeouts), metatable);
    x.worker().children().killWithout(object, child);
    return object;
  }

  private static LuaValue option(Execution x, LuaValue options, String name) {
    return Semantics.index(x.machine.vm(), options, LuaText.of(name));
  }

  private static List<String> arguments(Execution x, LuaValue value) {
    if (value instanceof LuaString text) {
      return List.of("/bin/sh", "-c", inC(LuaText.latin1(text)));
    }
    if (!(value instanceof LuaTable table)) {
      throw LuaErrors.raise("bad args arg: table expected, got " + value.typename());
    }
    List<String> arguments = new ArrayList<>();
    for (int i = 1; !table.rawget(i).isnil(); i++) {
      LuaValue each = table.rawget(i);
      if (!(each instanceof LuaString)) {
        each = Semantics.tostring(x.machine.vm(), each);
        table.rawset(i, each);
      }
      arguments.add(inC(LuaText.latin1(each)));
    }
    if (arguments.isEmpty()) {
      throw LuaErrors.raise("bad args arg: non-empty table expected");
    }
    return arguments;
  }

  /** A string as C sees it, which ends at its first zero. */
  private static String inC(String text) {
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }

  private static long buffer(LuaValue value) {
    if (!value.toboolean()) {
      return DEFAULT_BUFFER;
    }
    LuaNumber number = LuaNumbers.parse(value);
    if (number == null || !(number.todouble() >= 1)) {
      throw LuaErrors.raise("bad buffer_size option");
    }
    return (long) number.todouble();
  }

  private static Map<String, String> environ(LuaValue value) {
    if (!value.toboolean()) {
      return Map.of();
    }
    if (!(value instanceof LuaTable table)) {
      throw LuaErrors.raise("bad environ option: table expected, got " + value.typename());
    }
    Map<String, String> environ = new HashMap<>();
    for (int i = 1; !table.rawget(i).isnil(); i++) {
      LuaValue each = table.rawget(LuaInteger.valueOf(i));
      String where = "bad value at index " + i + " of environ option: ";
      if (!(each instanceof LuaString)) {
        throw LuaErrors.raise(where + "string expected, got " + each.typename());
      }
      String text = LuaText.latin1(each);
      int equals = text.indexOf('=', 1);
      if (equals < 0) {
        throw LuaErrors.raise(where + "'name=[value]' format expected, got '" + text + "'");
      }
      String entry = inC(text);
      if (entry.indexOf('=', 1) == equals && !entry.startsWith("=")) {
        environ.putIfAbsent(entry.substring(0, equals), entry.substring(equals + 1));
      }
    }
    return environ;
  }
}
