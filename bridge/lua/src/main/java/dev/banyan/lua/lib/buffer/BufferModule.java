package dev.banyan.lua.lib.buffer;

import dev.banyan.lua.CData;
import dev.banyan.lua.Int64;
import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaLibrary;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Semantics;
import dev.banyan.lua.Table;
import dev.banyan.lua.ffi.FfiLibrary;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The module {@code string.buffer}. */
public final class BufferModule implements LuaLibrary {
  private static final LuaString TOSTRING = LuaText.of("__tostring");
  private static final LuaString FORMAT = LuaText.of("format");

  /** Offers the module to {@code require}. */
  @Override
  public void open(LuaVm vm) {
    vm.preload("string.buffer", () -> new Instance(vm).module());
  }

  /** A method of buffers: its arguments begin with the buffer. */
  @FunctionalInterface
  private interface Method {
    Varargs call(LuaBuffer buffer, Varargs args);
  }

  private static final class Instance {
    private final LuaVm vm;
    private final Table metatable = new Table();

    Instance(LuaVm vm) {
      this.vm = vm;
    }

    Table module() {
      Table methods = new Table();
      add(methods, "put", this::put);
      add(methods, "putf", this::putFormatted);
      add(methods, "set", this::set);
      add(methods, "putcdata", Instance::putData);
      add(methods, "reserve", Instance::reserve);
      add(methods, "commit", Instance::commit);
      add(methods, "ref", Instance::ref);
      add(methods, "get", Instance::get);
      add(methods, "skip", Instance::skip);
      add(methods, "tostring", (buffer, args) -> buffer.bytes.text());
      add(methods, "encode", Instance::encode);
      add(methods, "decode", (buffer, args) -> buffer.decoder.decode());
      add(methods, "reset", Instance::reset);
      add(methods, "free", Instance::free);
      metatable.rawset(LuaValue.INDEX, methods);
      add(metatable, "__tostring", (buffer, args) -> buffer.bytes.text());
      add(metatable, "__len", (buffer, args) -> LuaNumbers.of((long) buffer.bytes.length()));
      metatable.rawset("__concat", NativeFunction.two("__concat", this::concat));
      metatable.rawset("__metatable", LuaText.of("buffer"));
      Table module = new Table();
      module.rawset("new", NativeFunction.of("new", this::create));
      module.rawset("encode", NativeFunction.of("encode", this::encodeOnce));
      module.rawset("decode", NativeFunction.of("decode", this::decodeOnce));
      return module;
    }

    private static void add(Table table, String name, Method method) {
      table.rawset(name, NativeFunction.of(name, args -> method.call(self(args), args)));
    }

    private static LuaBuffer self(Varargs args) {
      if (LuaArgs.arg(args, 1) instanceof LuaBuffer buffer) {
        return buffer;
      }
      throw LuaErrors.type(1, "buffer", LuaArgs.arg(args, 1));
    }

    private LuaBuffer create(Varargs args) {
      LuaValue options = args.arg(1).istable() ? args.arg(1) : args.arg(2);
      if (!args.arg(1).isnil() && !args.arg(1).istable()) {
        count(args, 1);
      }
      return buffer(
          options instanceof LuaTable table ? BufferOptions.of(table) : BufferOptions.NONE);
    }

    private LuaBuffer buffer(BufferOptions options) {
      return new LuaBuffer(vm, options, metatable);
    }

    private LuaValue encodeOnce(Varargs args) {
      LuaBuffer buffer = buffer(BufferOptions.NONE);
      buffer.encoder.encode(LuaArgs.checkAny(args, 1));
      return buffer.bytes.text();
    }

    private LuaValue decodeOnce(Varargs args) {
      LuaValue given = LuaArgs.arg(args, 1);
      if (!(given instanceof LuaString) && !(given instanceof LuaBuffer)) {
        throw LuaErrors.type(1, "string", given);
      }
      LuaBuffer buffer = buffer(BufferOptions.NONE);
      buffer.bytes.put(text(given, 1));
      LuaValue value = buffer.decoder.decode();
      if (buffer.bytes.length() > 0) {
        throw LuaErrors.raise("left-over data in buffer");
      }
      return value;
    }

    private LuaString text(LuaValue value, int index) {
      if (value instanceof LuaBuffer buffer) {
        return buffer.bytes.text();
      }
      if (value instanceof LuaString || value instanceof LuaNumber) {
        return LuaText.string(value);
      }
      if (!Semantics.metamethod(vm, value, TOSTRING).isnil()) {
        return LuaText.string(Semantics.tostring(vm, value));
      }
      throw LuaErrors.type(index, "string/number/__tostring", value);
    }

    @SuppressWarnings("ReferenceEquality") // the very same buffer
    private LuaBuffer put(LuaBuffer buffer, Varargs args) {
      for (int i = 2; i <= args.narg(); i++) {
        if (args.arg(i) == buffer) {
          throw LuaErrors.argument(i, "cannot put buffer into itself");
        }
        buffer.bytes.put(text(args.arg(i), i));
      }
      return buffer;
    }

    private LuaBuffer putFormatted(LuaBuffer buffer, Varargs args) {
      LuaValue format = Semantics.index(vm, LuaValue.EMPTYSTRING, FORMAT);
      buffer.bytes.put(LuaText.string(Semantics.call(vm, format, args.subargs(2)).arg1()));
      return buffer;
    }

    private LuaBuffer set(LuaBuffer buffer, Varargs args) {
      LuaString text = args.arg(2) instanceof CData ? octets(args) : LuaArgs.checkString(args, 2);
      buffer.bytes.clear();
      buffer.bytes.put(text);
      return buffer;
    }

    private static LuaBuffer putData(LuaBuffer buffer, Varargs args) {
      if (!(args.arg(2) instanceof CData)) {
        throw LuaErrors.type(2, "cdata", LuaArgs.arg(args, 2));
      }
      buffer.bytes.put(octets(args));
      return buffer;
    }

    private static LuaString octets(Varargs args) {
      return FfiLibrary.octets(args.arg(2), 2, count(args, 3));
    }

    private static Varargs reserve(LuaBuffer buffer, Varargs args) {
      int room = buffer.bytes.reserve(count(args, 2));
      return LuaValue.varargsOf(buffer.bytes.reserved(), LuaNumbers.of((long) room));
    }

    private static LuaBuffer commit(LuaBuffer buffer, Varargs args) {
      if (!buffer.bytes.commit(count(args, 2))) {
        throw LuaErrors.argument(2, "number out of range");
      }
      return buffer;
    }

    private static Varargs ref(LuaBuffer buffer, Varargs args) {
      int length = buffer.bytes.length();
      return LuaValue.varargsOf(buffer.bytes.first(), LuaNumbers.of((long) length));
    }

    private static Varargs get(LuaBuffer buffer, Varargs args) {
      if (args.narg() < 2) {
        return buffer.bytes.take(buffer.bytes.length());
      }
      LuaValue[] pieces = new LuaValue[args.narg() - 1];
      for (int i = 0; i < pieces.length; i++) {
        boolean all = args.arg(i + 2).isnil();
        pieces[i] = buffer.bytes.take(all ? buffer.bytes.length() : count(args, i + 2));
      }
      return LuaValue.varargsOf(pieces);
    }

    private static LuaBuffer skip(LuaBuffer buffer, Varargs args) {
      buffer.bytes.skip(count(args, 2));
      return buffer;
    }

    private static int count(Varargs args, int index) {
      LuaValue given = LuaArgs.arg(args, index);
      double count =
          given instanceof Int64 n ? n.number().todouble() : LuaArgs.checkNumber(given, index);
      if (count < 0 || count > Integer.MAX_VALUE) {
        throw LuaErrors.argument(index, "number out of range");
      }
      return (int) count;
    }

    private static LuaBuffer encode(LuaBuffer buffer, Varargs args) {
      buffer.encoder.encode(LuaArgs.checkAny(args, 2));
      return buffer;
    }

    private static LuaBuffer reset(LuaBuffer buffer, Varargs args) {
      buffer.bytes.clear();
      return buffer;
    }

    private static Varargs free(LuaBuffer buffer, Varargs args) {
      buffer.bytes.release();
      return buffer;
    }

    private LuaValue concat(LuaValue left, LuaValue right) {
      LuaBuffer joined = buffer(BufferOptions.NONE);
      joined.bytes.put(text(left, 1));
      joined.bytes.put(text(right, 2));
      return joined.bytes.text();
    }
  }
}
