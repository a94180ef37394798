package dev.banyan.lua.ngx;

import dev.banyan.api.Journal;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Table;
import dev.banyan.lua.lib.buffer.BufferModule;
import dev.banyan.lua.ngx.json.CjsonModule;
import dev.banyan.lua.ngx.re.ReApi;
import dev.banyan.lua.ngx.re.ReSettings;
import dev.banyan.lua.ngx.resty.CoreModules;
import dev.banyan.lua.ngx.resty.RestyModules;
import dev.banyan.lua.ngx.shared.SharedDicts;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.Varargs;

/**
 * Owned by one worker: everything of {@code ngx} and of the modules around it that needs no
 * request. Enter here to build a machine; {@link #open} fills the {@code ngx} table and offers the
 * modules.
 */
public final class NgxLibraries {
  private final LuaVm vm;
  private final Settings settings;
  private final WorkerClock clock;

  /** The libraries of a machine. */
  public NgxLibraries(LuaVm vm, Settings settings) {
    this.vm = vm;
    this.settings = settings;
    this.clock = new WorkerClock(vm, settings.time());
  }

  /**
   * What the libraries need from outside.
   *
   * @param re the configuration of {@code ngx.re}
   * @param dicts the dicts that all workers share
   * @param time the real time
   * @param zone of {@code ngx.localtime}
   * @param random fit for secrets
   * @param environment what {@code os.getenv} knows
   * @param log the error log
   */
  public record Settings(
      ReSettings re,
      SharedDicts dicts,
      InstantSource time,
      ZoneId zone,
      RandomGenerator random,
      ProcessEnvironment environment,
      LogSink log) {}

  /** The worker's cached time. */
  public WorkerClock clock() {
    return clock;
  }

  Settings settings() {
    return settings;
  }

  ProcessEnvironment environment() {
    return settings.environment();
  }

  /** The real time. */
  InstantSource time() {
    return settings.time();
  }

  SharedDicts dicts() {
    return settings.dicts();
  }

  /** {@code math.random} without arguments, whatever Lua has put in its place. */
  double draw() {
    double drawn = vm.draw();
    noteDraw(drawn);
    return drawn;
  }

  /** Draws from here from now on, whatever Lua has put in the place of {@code math.random}. */
  void drawFrom(DoubleSupplier source) {
    vm.chance(source);
    if (vm.globals().rawget("math") instanceof LuaTable math) {
      math.rawset("random", NativeFunction.of("random", args -> whole(args, draw())));
    }
  }

  /** What {@code math.random} answers of a draw from 0 to 1. */
  private static Varargs whole(Varargs args, double drawn) {
    if (args.narg() == 0) {
      return LuaNumbers.of(drawn);
    }
    double low = args.narg() == 1 ? 1 : args.arg1().todouble();
    double high = args.narg() == 1 ? args.arg1().todouble() : args.arg(2).todouble();
    return LuaNumbers.of(Math.floor(drawn * (high - low + 1)) + low);
  }

  private void noteDraw(double drawn) {
    Execution.note(vm, Double.BYTES, () -> new Journal.Entry.Draw(drawn));
  }

  /** Lets journals see the draws of {@code math.random}. */
  private void journalRandom() {
    if (!(vm.globals().rawget("math") instanceof LuaTable math)
        || !(math.rawget("random") instanceof LuaFunction source)) {
      return;
    }
    math.rawset(
        "random",
        NativeFunction.of(
            "random",
            args -> {
              if (args.narg() == 0) {
                return LuaNumbers.of(draw());
              }
              Varargs answer = source.invoke(args);
              noteDraw(fraction(args, answer.arg1().todouble()));
              return answer;
            }));
  }

  /** A draw from 0 to 1 from which the same whole number follows. */
  private static double fraction(Varargs args, double whole) {
    double low = args.narg() == 1 ? 1 : args.arg1().todouble();
    double high = args.narg() == 1 ? args.arg1().todouble() : args.arg(2).todouble();
    return (whole - low + 0.5) / (high - low + 1);
  }

  /** Adds functions and constants to {@code ngx} and offers the modules to {@code require}. */
  public void open(Table ngx) {
    Constants.open(ngx);
    journalRandom();
    new TextApi(vm).open(ngx);
    new DigestApi(vm).open(ngx);
    new TimeApi(clock, settings.zone()).open(ngx);
    ngx.rawset("shared", new SharedApi(vm, settings.dicts(), clock).table());
    ReApi re = new ReApi(vm, settings.re(), settings.log());
    Table functions = new Table();
    re.open(functions);
    ngx.rawset("re", functions);
    vm.preload("ngx.re", () -> versioned(re.module()));
    vm.preload("ngx.base64", () -> versioned(new TextApi(vm).base64Module()));
    new CjsonModule(vm).open();
    new BufferModule().open(vm);
    new RestyModules(vm, clock, settings.random()).open();
    vm.preload("resty.core.regex", () -> versioned(re.compiling()));
    vm.modules().require("table.new"); // lua-resty-core does, so table.new is there for everyone
    vm.modules().require("table.clear");
  }

  private static Table versioned(Table module) {
    module.rawset("version", CoreModules.VERSION);
    return module;
  }
}
