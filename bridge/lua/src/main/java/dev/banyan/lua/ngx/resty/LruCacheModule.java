package dev.banyan.lua.ngx.resty;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Table;
import dev.banyan.lua.ngx.Coerce;
import dev.banyan.lua.ngx.WorkerClock;
import java.util.List;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one worker: {@code resty.lrucache} and {@code resty.lrucache.pureffi}. */
final class LruCacheModule {
  private static final double MILLIS = 1000;
  private static final LuaString STATE = LuaText.of("cache");

  private final LuaVm vm;
  private final WorkerClock clock;
  private final boolean textKeys;

  /**
   * The module.
   *
   * @param textKeys whether keys become strings, as in pureffi
   */
  LruCacheModule(LuaVm vm, WorkerClock clock, boolean textKeys) {
    this.vm = vm;
    this.clock = clock;
    this.textKeys = textKeys;
  }

  Table table() {
    Table module = new Table();
    Table metatable = new Table();
    metatable.rawset(LuaValue.INDEX, module);
    module.rawset("_VERSION", LuaText.of("0.11"));
    module.rawset("new", NativeFunction.of("new", args -> create(args.arg1(), metatable)));
    module.rawset("get", NativeFunction.of("get", this::get));
    module.rawset("set", NativeFunction.of("set", this::set));
    module.rawset(
        "delete",
        NativeFunction.of("delete", args -> LuaValue.valueOf(cache(args).delete(key(args)))));
    module.rawset(
        "count", NativeFunction.of("count", args -> LuaNumbers.of((long) cache(args).count())));
    module.rawset(
        "capacity",
        NativeFunction.of("capacity", args -> LuaNumbers.of((long) cache(args).capacity())));
    module.rawset("get_keys", NativeFunction.of("get_keys", LruCacheModule::keys));
    module.rawset("flush_all", NativeFunction.of("flush_all", LruCacheModule::flush));
    return module;
  }

  private static Varargs create(LuaValue size, Table metatable) {
    double wanted = number(size);
    if (wanted < 1) {
      return varargsOf(NIL, LuaText.of("size too small"));
    }
    return ObjectState.table(STATE, new LruCache((int) wanted), metatable);
  }

  private static LruCache cache(Varargs args) {
    if (ObjectState.of(args, STATE) instanceof LruCache cache) {
      return cache;
    }
    throw ObjectState.missing(args);
  }

  private LuaValue key(Varargs args) {
    LuaValue key = args.arg(2);
    return textKeys ? Coerce.string(vm, key) : key;
  }

  private Varargs get(Varargs args) {
    LruCache.Entry entry = cache(args).get(key(args));
    if (entry == null || (!textKeys && entry.value().isnil())) {
      return NIL;
    }
    LuaNumber flags = LuaNumbers.of(entry.flags());
    return entry.expiredAt(clock.millis() / MILLIS)
        ? varargsOf(NIL, entry.value(), flags)
        : varargsOf(entry.value(), NIL, flags);
  }

  private Varargs set(Varargs args) {
    LuaValue key = key(args);
    if (key.isnil()) {
      throw LuaErrors.raise("table index is nil");
    }
    long flags =
        args.arg(5) instanceof LuaNumber number && number.todouble() >= 0
            ? (long) number.todouble()
            : 0;
    LuaValue ttl = args.arg(4);
    if (ttl.toboolean()) {
      cache(args).set(key, args.arg(3), clock.millis() / MILLIS + number(ttl), flags);
    } else {
      cache(args).set(key, args.arg(3), flags);
    }
    return LuaValue.NONE;
  }

  private static Varargs keys(Varargs args) {
    LruCache cache = cache(args);
    double most = args.arg(2).toboolean() ? number(args.arg(2)) : 0;
    List<LuaValue> keys = cache.keys(most == 0 ? cache.count() : (int) most);
    LuaTable result = args.arg(3) instanceof LuaTable given ? given : new Table(keys.size() + 1, 0);
    for (int i = 0; i < keys.size(); i++) {
      result.set(i + 1, keys.get(i));
    }
    result.set(keys.size() + 1, NIL);
    return result;
  }

  private static Varargs flush(Varargs args) {
    cache(args).clear();
    return LuaValue.NONE;
  }

  private static double number(LuaValue value) {
    if (value instanceof LuaNumber number) {
      return number.todouble();
    }
    throw LuaErrors.raise("attempt to compare " + value.typename() + " with number");
  }
}
