package dev.banyan.lua.lib;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.NONE;
import static org.luaj.vm2.LuaValue.TRUE;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaLibrary;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Table;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The {@code io} library on files, the standard outputs and an empty standard input: no processes.
 */
final class IoLib implements LuaLibrary {
  private final Writes writes;

  IoLib(Writes writes) {
    this.writes = writes;
  }

  @Override
  public void open(LuaVm vm) {
    new Opened(vm, writes).open();
  }

  /** What an operation on a file does; its failures become Lua's nil, message and code. */
  @FunctionalInterface
  private interface FileBody {
    Varargs run(LuaFile file, Varargs args) throws IOException;
  }

  /** The library of one machine. */
  private static final class Opened {
    private final LuaVm vm;
    private final Writes writes;
    private final Table methods = new Table();
    private final Table metatable = new Table();
    private LuaUserdata output;
    private LuaUserdata input;

    Opened(LuaVm vm, Writes writes) {
      this.vm = vm;
      this.writes = writes;
      this.output = wrap(writes.standard(System.out));
      this.input = wrap(LuaFile.empty());
    }

    void open() {
      methods();
      metatable.rawset("__index", methods);
      metatable.rawset("__name", LuaText.of("FILE*"));
      metatable.rawset("__tostring", NativeFunction.of("tostring", Opened::display));
      Table t = new Table();
      t.rawset("stdin", input);
      t.rawset("stdout", output);
      t.rawset("stderr", wrap(writes.standard(System.err)));
      t.rawset("open", NativeFunction.of("open", this::openFile));
      t.rawset("lines", NativeFunction.of("lines", this::lines));
      t.rawset("type", NativeFunction.of("type", Opened::type));
      t.rawset(
          "close", NativeFunction.of("close", args -> close(args.narg() == 0 ? output : args)));
      t.rawset("write", NativeFunction.of("write", args -> write(varargsOf(output, args))));
      t.rawset(
          "flush",
          NativeFunction.of("flush", args -> attempt((f, a) -> flush(f), file(output), NONE)));
      t.rawset("output", NativeFunction.of("output", this::output));
      t.rawset("input", NativeFunction.of("input", this::input));
      t.rawset("read", NativeFunction.of("read", this::readInput));
      t.rawset("tmpfile", NativeFunction.of("tmpfile", this::temporary));
      vm.modules().library("io", t);
    }

    private LuaUserdata wrap(LuaFile file) {
      return new LuaUserdata(file, metatable);
    }

    private void methods() {
      methods.rawset("close", NativeFunction.of("close", this::close));
      methods.rawset("write", NativeFunction.of("write", this::write));
      method("read", (file, args) -> FileReading.read(vm, file, args, 2));
      method("flush", (file, args) -> flush(file));
      method("setvbuf", (file, args) -> TRUE);
      method("seek", Opened::seek);
      methods.rawset(
          "lines", NativeFunction.of("lines", args -> iterator(file(args), args, false)));
    }

    private void method(String name, FileBody body) {
      methods.rawset(name, NativeFunction.of(name, args -> attempt(body, file(args), args)));
    }

    private static Varargs attempt(FileBody body, LuaFile file, Varargs args) {
      try {
        return body.run(file, args);
      } catch (IOException e) {
        return varargsOf(NIL, LuaText.utf8(String.valueOf(e.getMessage())), LuaInteger.valueOf(9));
      }
    }

    private static LuaFile file(Varargs args) {
      LuaValue value = LuaArgs.arg(args, 1);
      if (value instanceof LuaUserdata u && u.userdata() instanceof LuaFile file) {
        if (file.isClosed()) {
          throw LuaErrors.raise("attempt to use a closed file");
        }
        return file;
      }
      throw LuaErrors.type(1, "FILE*", value);
    }

    private static Varargs flush(LuaFile file) throws IOException {
      file.flush();
      return TRUE;
    }

    private Varargs write(Varargs args) {
      LuaFile file = file(args);
      return attempt(
          (f, all) -> {
            for (int i = 2; i <= all.narg(); i++) {
              LuaString s = LuaArgs.checkString(all, i);
              f.write(s.m_bytes, s.m_offset, s.m_length);
            }
            return all.arg1();
          },
          file,
          args);
    }

    private static Varargs seek(LuaFile file, Varargs args) throws IOException {
      String whence = LuaArgs.optText(args, 2, "cur");
      if (!whence.equals("set") && !whence.equals("cur") && !whence.equals("end")) {
        throw LuaErrors.argument(2, "invalid option '" + whence + "'");
      }
      return LuaNumbers.of(file.seek(whence, LuaArgs.optLong(args, 3, 0)));
    }

    private Varargs close(Varargs args) {
      return attempt(
          (file, all) -> {
            if (file.isStandard()) {
              return varargsOf(NIL, LuaText.of("cannot close standard file"));
            }
            file.close();
            return TRUE;
          },
          file(args),
          args);
    }

    private Varargs openFile(Varargs args) {
      String name = LuaArgs.checkText(args, 1);
      String mode = LuaArgs.optText(args, 2, "r");
      if (!mode.matches("[rwa]\\+?b?\\+?")) {
        return varargsOf(NIL, LuaText.of(name + ": Invalid argument"), LuaInteger.valueOf(22));
      }
      try {
        return wrap(writes.open(name, mode));
      } catch (IOException e) {
        return failure(name, e);
      }
    }

    private static Varargs failure(String name, IOException e) {
      String reason = reason(name, e);
      int code = reason.equals("Permission denied") ? 13 : reason.equals("Is a directory") ? 21 : 2;
      return varargsOf(NIL, LuaText.of(name + ": " + reason), LuaInteger.valueOf(code));
    }

    private static String reason(String name, IOException e) {
      if (e instanceof FileNotFoundException && Files.exists(Path.of(name))) {
        return Files.isDirectory(Path.of(name)) ? "Is a directory" : "Permission denied";
      }
      return "No such file or directory";
    }

    private Varargs lines(Varargs args) {
      if (args.arg1().isnil()) {
        return iterator((LuaFile) input.userdata(), args, false);
      }
      String name = LuaArgs.checkText(args, 1);
      try {
        return iterator(LuaFile.open(name, "r"), args, true);
      } catch (IOException e) {
        throw LuaErrors.argument(1, name + ": " + reason(name, e));
      }
    }

    private Varargs iterator(LuaFile file, Varargs formats, boolean closeAtEnd) {
      return NativeFunction.of(
          "lines_iter",
          ignored -> {
            if (file.isClosed()) {
              throw LuaErrors.raise("file is already closed");
            }
            try {
              Varargs result = FileReading.read(vm, file, formats, 2);
              if (result.arg1().isnil() && closeAtEnd) {
                file.close();
              }
              return result;
            } catch (IOException e) {
              throw LuaErrors.raise(String.valueOf(e.getMessage()));
            }
          });
    }

    private Varargs output(Varargs args) {
      LuaValue target = args.arg1();
      if (target instanceof LuaUserdata u && u.userdata() instanceof LuaFile) {
        output = u;
      } else if (target.isstring()) {
        Varargs opened = openFile(varargsOf(target, LuaText.of("w")));
        if (!(opened.arg1() instanceof LuaUserdata u)) {
          throw LuaErrors.raise(LuaText.latin1(opened.arg(2)));
        }
        output = u;
      }
      return output;
    }

    private Varargs input(Varargs args) {
      LuaValue target = args.arg1();
      if (target instanceof LuaUserdata u && u.userdata() instanceof LuaFile) {
        input = u;
      } else if (!target.isnil()) {
        String name = LuaArgs.checkText(args, 1);
        try {
          input = wrap(LuaFile.open(name, "r"));
        } catch (IOException e) {
          throw LuaErrors.argument(1, name + ": " + reason(name, e));
        }
      }
      return input;
    }

    private Varargs readInput(Varargs args) {
      LuaFile file = (LuaFile) input.userdata();
      if (file.isClosed()) {
        throw LuaErrors.raise("standard file is closed");
      }
      return attempt((f, all) -> FileReading.read(vm, f, all, 1), file, args);
    }

    private Varargs temporary(Varargs args) {
      try {
        return wrap(LuaFile.temporary());
      } catch (IOException e) {
        return failure("tmpfile", e);
      }
    }

    private static Varargs type(Varargs args) {
      LuaValue value = LuaArgs.checkAny(args, 1);
      if (value instanceof LuaUserdata u && u.userdata() instanceof LuaFile file) {
        return LuaText.of(file.isClosed() ? "closed file" : "file");
      }
      return NIL;
    }

    private static Varargs display(Varargs args) {
      LuaValue value = args.arg1();
      boolean closed =
          value instanceof LuaUserdata u && u.userdata() instanceof LuaFile f && f.isClosed();
      return LuaText.of(
          closed
              ? "file (closed)"
              : String.format("file (0x%08x)", System.identityHashCode(value)));
    }
  }
}
