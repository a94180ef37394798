package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.FALSE;
import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.TRUE;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeBody;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Semantics;
import dev.banyan.lua.Table;
import dev.banyan.lua.ngx.shared.DictFailure;
import dev.banyan.lua.ngx.shared.DictValue;
import dev.banyan.lua.ngx.shared.SharedDict;
import dev.banyan.lua.ngx.shared.SharedDicts;
import dev.banyan.lua.ngx.shared.StoreMode;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one worker: {@code ngx.shared}, the Lua view of the dicts that all workers share. */
public final class SharedApi {
  private static final int MILLIS = 1000;

  private final LuaVm vm;
  private final SharedDicts dicts;
  private final WorkerClock clock;

  /** The view of a machine, with its cached time. */
  public SharedApi(LuaVm vm, SharedDicts dicts, WorkerClock clock) {
    this.vm = vm;
    this.dicts = dicts;
    this.clock = clock;
  }

  /** A dict's operation with a checked key. */
  @FunctionalInterface
  private interface KeyOperation {
    Varargs run(SharedDict dict, String key, Varargs args);
  }

  /** A dict's operation on at most so many of its entries. */
  @FunctionalInterface
  private interface BoundedOperation {
    Varargs run(SharedDict dict, int most);
  }

  /** A dict's operation. */
  @FunctionalInterface
  private interface DictOperation {
    Varargs run(SharedDict dict, Varargs args);
  }

  /** Builds the table. */
  public Table table() {
    Table methods = new Table();
    addReads(methods);
    addStores(methods);
    addLists(methods);
    addMaintenance(methods);
    methods.rawset(LuaValue.INDEX, methods);
    Table shared = new Table();
    for (SharedDict dict : dicts.all()) {
      Table view = new Table(1, 0);
      view.rawset(1, new LuaUserdata(dict.at(clock::millis)));
      view.setmetatable(methods);
      shared.rawset(dict.name(), view);
    }
    return shared;
  }

  private void addReads(Table methods) {
    keyed(methods, "get", (dict, key, args) -> get(dict.get(key)));
    keyed(methods, "get_stale", (dict, key, args) -> getStale(dict.getStale(key)));
    keyed(
        methods,
        "ttl",
        (dict, key, args) -> {
          var ttl = dict.timeToLive(key);
          return ttl.isPresent()
              ? LuaNumbers.of((double) ttl.getAsLong() / MILLIS)
              : refusal(DictFailure.Reason.NOT_FOUND);
        });
  }

  private void addStores(Table methods) {
    store(methods, "set", StoreMode.SET);
    store(methods, "safe_set", StoreMode.SAFE_SET);
    store(methods, "add", StoreMode.ADD);
    store(methods, "safe_add", StoreMode.SAFE_ADD);
    store(methods, "replace", StoreMode.REPLACE);
    keyed(
        methods,
        "delete",
        (dict, key, args) -> {
          dict.delete(key);
          return varargsOf(TRUE, NIL, FALSE);
        });
    keyed(methods, "incr", SharedApi::increment);
    add(
        methods,
        "expire",
        (dict, args) -> {
          if (!args.arg(3).toboolean()) {
            throw LuaErrors.raise("bad \"exptime\" argument");
          }
          Varargs answer =
              withKey(
                  dict,
                  args,
                  (d, key, a) ->
                      d.expire(key, DictArguments.spelled(a.arg(3)))
                          ? TRUE
                          : refusal(DictFailure.Reason.NOT_FOUND));
          DictNotes.note(vm, dict.name(), "expire", args, answer);
          return answer;
        });
  }

  private void addLists(Table methods) {
    counted(
        methods,
        "lpush",
        3,
        (dict, key, args) -> push(dict, key, SharedDict.End.LEFT, args.arg(3)));
    counted(
        methods,
        "rpush",
        3,
        (dict, key, args) -> push(dict, key, SharedDict.End.RIGHT, args.arg(3)));
    counted(methods, "lpop", 2, (dict, key, args) -> pop(dict, key, SharedDict.End.LEFT));
    counted(methods, "rpop", 2, (dict, key, args) -> pop(dict, key, SharedDict.End.RIGHT));
    counted(methods, "llen", 2, (dict, key, args) -> LuaNumbers.of((long) dict.length(key)));
  }

  private void addMaintenance(Table methods) {
    add(methods, "capacity", (dict, args) -> LuaNumbers.of(dict.capacity()));
    add(methods, "free_space", (dict, args) -> LuaNumbers.of(dict.freeSpace()));
    add(
        methods,
        "flush_all",
        (dict, args) -> {
          dict.flushAll();
          return LuaValue.NONE;
        });
    bounded(
        methods, "flush_expired", 0, (dict, most) -> LuaNumbers.of((long) dict.flushExpired(most)));
    bounded(
        methods,
        "get_keys",
        1024,
        (dict, most) -> {
          List<String> keys = dict.keys(most);
          DictNotes.keys(vm, dict.name(), keys);
          Table list = new Table(keys.size(), 0);
          for (int i = 0; i < keys.size(); i++) {
            list.rawset(i + 1, LuaText.of(keys.get(i)));
          }
          return list;
        });
  }

  private static void add(Table methods, String name, DictOperation operation) {
    answering(methods, name, args -> operation.run(dict(args.arg1()), args));
  }

  private static void answering(Table methods, String name, NativeBody body) {
    methods.rawset(
        name,
        NativeFunction.of(
            name,
            args -> {
              try {
                return body.call(args);
              } catch (DictFailure e) {
                return refusal(e.reason());
              }
            }));
  }

  private void keyed(Table methods, String name, KeyOperation operation) {
    add(
        methods,
        name,
        (dict, args) -> {
          Varargs answer = withKey(dict, args, operation);
          DictNotes.note(vm, dict.name(), name, args, answer);
          return answer;
        });
  }

  private void counted(Table methods, String name, int count, KeyOperation operation) {
    answering(
        methods,
        name,
        args -> {
          if (args.narg() != count) {
            throw LuaErrors.raise(
                "expecting " + count + " arguments, but only seen " + args.narg());
          }
          SharedDict dict = dict(args.arg1());
          if (!args.arg(2).isnil()) {
            LuaArgs.checkString(args, 2);
          }
          return withKey(dict, args, operation);
        });
  }

  /**
   * An operation that takes how many it concerns, and looks at that before it looks at the dict.
   */
  private static void bounded(
      Table methods, String name, int otherwise, BoundedOperation operation) {
    answering(
        methods,
        name,
        args -> {
          if (args.narg() != 1 && args.narg() != 2) {
            throw LuaErrors.raise("expecting 1 or 2 argument(s), but saw " + args.narg());
          }
          SharedDict dict = find(LuaArgs.checkTable(args, 1));
          if (dict == null) {
            throw LuaErrors.raise("bad user data for the ngx_shm_zone_t pointer");
          }
          return operation.run(dict, args.narg() == 2 ? LuaArgs.checkInt(args, 2) : otherwise);
        });
  }

  private static SharedDict dict(LuaValue zone) {
    SharedDict dict = find(zone);
    if (dict == null) {
      throw LuaErrors.raise("bad \"zone\" argument");
    }
    return dict;
  }

  private static @Nullable SharedDict find(LuaValue zone) {
    return zone instanceof LuaTable table
            && table.rawget(1) instanceof LuaUserdata userdata
            && userdata.userdata() instanceof SharedDict dict
        ? dict
        : null;
  }

  private Varargs withKey(SharedDict dict, Varargs args, KeyOperation operation) {
    LuaValue value = args.arg(2);
    if (value.isnil()) {
      return varargsOf(NIL, LuaText.of("nil key"));
    }
    LuaString key = Coerce.string(vm, value);
    if (key.m_length == 0) {
      return varargsOf(NIL, LuaText.of("empty key"));
    }
    if (key.m_length > SharedDict.LONGEST_KEY) {
      return varargsOf(NIL, LuaText.of("key too long"));
    }
    return operation.run(dict, LuaText.latin1(key), args);
  }

  private static Varargs refusal(DictFailure.Reason reason) {
    LuaValue none = reason == DictFailure.Reason.NO_LIST ? FALSE : NIL;
    return varargsOf(none, LuaText.of(reason.text()));
  }

  private static Varargs get(SharedDict.@Nullable Found found) {
    if (found == null) {
      return NIL;
    }
    LuaValue value = toLua(found.value());
    return found.flags() == 0 ? value : varargsOf(value, LuaNumbers.of((long) found.flags()));
  }

  private static Varargs getStale(SharedDict.@Nullable Found found) {
    if (found == null) {
      return NIL;
    }
    LuaValue flags = found.flags() == 0 ? NIL : LuaNumbers.of((long) found.flags());
    return varargsOf(toLua(found.value()), flags, LuaValue.valueOf(found.stale()));
  }

  private void store(Table methods, String name, StoreMode mode) {
    add(
        methods,
        name,
        (dict, args) -> {
          Varargs answer = store(dict, mode, args);
          DictNotes.note(vm, dict.name(), name, args, answer);
          return answer;
        });
  }

  private Varargs store(SharedDict dict, StoreMode mode, Varargs args) {
    long ttl = DictArguments.stored(args.arg(4));
    return withKey(dict, args, (d, key, a) -> store(d, mode, key, a.arg(3), ttl, a.arg(5)));
  }

  private static Varargs store(
      SharedDict dict, StoreMode mode, String key, LuaValue value, long ttl, LuaValue flags) {
    DictValue plain;
    if (value instanceof LuaString || value instanceof LuaNumber) {
      plain = textOrNumber(value);
    } else if (value.isboolean()) {
      plain = DictValue.of(value.toboolean());
    } else if (value.isnil()) {
      return remove(dict, mode, key, flags);
    } else {
      return varargsOf(NIL, LuaText.of("bad value type"));
    }
    SharedDict.Stored stored = dict.store(mode, key, plain, ttl, DictArguments.flags(flags));
    DictFailure.Reason refusal = stored.refusal();
    LuaValue error = refusal == null ? NIL : LuaText.of(refusal.text());
    return varargsOf(LuaValue.valueOf(refusal == null), error, LuaValue.valueOf(stored.forcible()));
  }

  private static Varargs remove(SharedDict dict, StoreMode mode, String key, LuaValue flags) {
    DictArguments.flags(flags);
    if (mode != StoreMode.SET && mode != StoreMode.SAFE_SET) {
      return varargsOf(FALSE, LuaText.of("attempt to add or replace nil values"), FALSE);
    }
    dict.delete(key);
    return varargsOf(TRUE, NIL, FALSE);
  }

  private static DictValue textOrNumber(LuaValue value) {
    return value instanceof LuaString
        ? new DictValue.Octets(LuaText.bytes(value))
        : DictValue.of(value.todouble());
  }

  private static Varargs increment(SharedDict dict, String key, Varargs args) {
    LuaNumber by = Semantics.tonumber(args.arg(3));
    if (by == null) {
      throw LuaErrors.raise("cannot convert 'nil' to 'double'");
    }
    OptionalDouble init =
        args.arg(4).toboolean()
            ? OptionalDouble.of(DictArguments.converted(args.arg(4), "init"))
            : OptionalDouble.empty();
    double ttl = 0;
    if (!args.arg(5).isnil()) {
      ttl = DictArguments.converted(args.arg(5), "init_ttl");
      if (ttl < 0) {
        throw LuaErrors.raise("bad \"init_ttl\" argument");
      }
      if (init.isEmpty()) {
        throw LuaErrors.raise("must provide \"init\" when providing \"init_ttl\"");
      }
    }
    SharedDict.Counted counted =
        dict.increment(key, by.todouble(), init, DictArguments.millis(ttl));
    LuaNumber value = LuaNumbers.of(counted.value());
    return init.isEmpty() ? value : varargsOf(value, NIL, LuaValue.valueOf(counted.forcible()));
  }

  private static Varargs push(SharedDict dict, String key, SharedDict.End end, LuaValue value) {
    if (!(value instanceof LuaString) && !(value instanceof LuaNumber)) {
      return varargsOf(NIL, LuaText.of("bad value type"));
    }
    return LuaNumbers.of((long) dict.push(end, key, textOrNumber(value)));
  }

  private static Varargs pop(SharedDict dict, String key, SharedDict.End end) {
    return dict.pop(end, key).map(SharedApi::toLua).orElse(NIL);
  }

  private static LuaValue toLua(DictValue value) {
    return switch (value) {
      // The array is never changed by either side.
      case DictValue.Octets octets -> LuaString.valueUsing(octets.bytes());
      case DictValue.Num number -> LuaNumbers.of(number.value());
      case DictValue.Bool bool -> LuaValue.valueOf(bool.value());
    };
  }
}
