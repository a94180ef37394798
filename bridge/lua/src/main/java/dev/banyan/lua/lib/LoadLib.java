package dev.banyan.lua.lib;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaLibrary;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code load}, {@code loadstring}, {@code loadfile} and {@code dofile}. */
final class LoadLib implements LuaLibrary {
  @Override
  public void open(LuaVm vm) {
    Table g = vm.globals();
    g.rawset("load", NativeFunction.of("load", args -> load(vm, args)));
    g.rawset("loadstring", NativeFunction.of("loadstring", args -> load(vm, args)));
    g.rawset("loadfile", NativeFunction.of("loadfile", args -> loadfile(vm, args)));
    g.rawset("dofile", NativeFunction.of("dofile", args -> dofile(vm, args)));
  }

  private static Varargs load(LuaVm vm, Varargs args) {
    LuaValue source = LuaArgs.arg(args, 1);
    String given = LuaArgs.optText(args, 2, "");
    String mode = LuaArgs.optText(args, 3, "bt");
    byte[] bytes;
    String defaultName;
    if (source.isstring()) {
      bytes = LuaText.bytes(source);
      defaultName = LuaText.latin1(source);
    } else {
      LuaFunction reader = LuaArgs.checkFunction(args, 1);
      try {
        bytes = readAll(vm, reader);
      } catch (LuaError e) {
        return varargsOf(NIL, vm.errorValue(e));
      }
      defaultName = "=(load)";
    }
    String name = LuaArgs.isNoneOrNil(args, 2) ? defaultName : given;
    return compile(vm, bytes, name, mode, environment(vm, args, 4));
  }

  private static LuaTable environment(LuaVm vm, Varargs args, int index) {
    return args.narg() >= index && args.arg(index) instanceof LuaTable table
        ? table
        : vm.running().environment();
  }

  private static byte[] readAll(LuaVm vm, LuaFunction reader) {
    ByteBuilder source = new ByteBuilder(vm, 256);
    while (true) {
      LuaValue piece = reader.call();
      if (piece.isnil()) {
        break;
      }
      if (!piece.isstring()) {
        throw LuaErrors.raise("reader function must return a string");
      }
      LuaString text = LuaText.string(piece);
      if (text.m_length == 0) {
        break;
      }
      source.append(text);
    }
    return LuaText.bytes(source.toLua());
  }

  private static Varargs compile(
      LuaVm vm, byte[] bytes, String name, String mode, LuaTable environment) {
    try {
      boolean dumped = bytes.length > 0 && bytes[0] == '\33';
      if (mode.indexOf(dumped ? 'b' : 't') < 0) {
        throw LuaErrors.bare("attempt to load chunk with wrong mode");
      }
      return vm.load(bytes, name, environment);
    } catch (LuaError e) {
      return varargsOf(NIL, e.getMessageObject());
    }
  }

  private static Varargs loadfile(LuaVm vm, Varargs args) {
    String file = LuaArgs.checkText(args, 1);
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(Path.of(file));
    } catch (IOException | InvalidPathException e) {
      return varargsOf(NIL, LuaText.of("cannot open " + file + ": No such file or directory"));
    }
    String mode = LuaArgs.optText(args, 2, "bt");
    return compile(vm, bytes, "@" + file, mode, environment(vm, args, 3));
  }

  private static Varargs dofile(LuaVm vm, Varargs args) {
    Varargs loaded = loadfile(vm, args);
    if (loaded.arg1() instanceof LuaFunction function) {
      return function.invoke(LuaValue.NONE);
    }
    throw LuaErrors.value(loaded.arg(2));
  }
}
