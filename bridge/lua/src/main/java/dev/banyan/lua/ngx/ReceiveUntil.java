package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one socket: the reader that {@code tcpsock:receiveuntil} gives. */
final class ReceiveUntil extends NativeFunction {
  private final LuaVm vm;
  private final TcpSocket socket;
  private final byte[] pattern;
  private final boolean inclusive;

  /** How many of the received bytes were searched in vain. */
  private int searched;

  /** Whether a read in pieces has reached the pattern, which the next call tells by nil. */
  private boolean reached;

  private ReceiveUntil(LuaVm vm, TcpSocket socket, byte[] pattern, boolean inclusive) {
    super("receiveuntil");
    this.vm = vm;
    this.socket = socket;
    this.pattern = pattern;
    this.inclusive = inclusive;
  }

  static Varargs receiveUntil(Execution x, Varargs args) {
    int count = args.narg();
    if (count != 2 && count != 3) {
      throw LuaErrors.raise("expecting 2 or 3 arguments (including the object), but got " + count);
    }
    TcpSocket socket = TcpSockets.self(x, args);
    boolean inclusive = count == 3 && inclusive(LuaArgs.checkTable(args, 3));
    byte[] pattern = LuaArgs.checkBytes(args, 2);
    if (pattern.length == 0) {
      return Execution.failure("pattern is empty");
    }
    return new ReceiveUntil(x.machine.vm(), socket, pattern, inclusive);
  }

  private static boolean inclusive(LuaTable options) {
    LuaValue value = options.get(LuaText.of("inclusive"));
    if (!value.isnil() && !value.isboolean()) {
      throw LuaErrors.raise("bad \"inclusive\" option value type: " + value.typename());
    }
    return value.toboolean();
  }

  @Override
  public Varargs invoke(Varargs args) {
    Execution x = Execution.of(vm);
    if (x == null || socket.foreignTo(x.state())) {
      throw LuaErrors.raise("bad request");
    }
    if (args.narg() > 1) {
      throw LuaErrors.raise("expecting 0 or 1 arguments, but seen " + args.narg());
    }
    int size = args.narg() == 1 ? LuaArgs.checkInt(args, 1) : 0;
    if (size < 0) {
      size = 0;
    }
    if (reached) {
      reached = false;
      return varargsOf(NIL, NIL, NIL);
    }
    int wanted = size;
    searched = 0;
    return TcpReceive.read(x, socket, (stream, ended) -> take(stream, wanted));
  }

  private @Nullable LuaValue take(StreamSocket stream, int size) {
    int at = find(stream);
    if (at >= 0) {
      return matched(stream, at, size);
    }
    return size > 0 && stream.available() - begun(stream) >= size
        ? LuaString.valueUsing(stream.take(size))
        : null;
  }

  /** How many of the last received bytes may turn out to be the pattern's first. */
  private int begun(StreamSocket stream) {
    int available = stream.available();
    for (int length = Math.min(pattern.length - 1, available); length > 0; length--) {
      if (matches(stream, available - length, length)) {
        return length;
      }
    }
    return 0;
  }

  private LuaValue matched(StreamSocket stream, int at, int size) {
    int length = inclusive ? at + pattern.length : at;
    if (size > 0 && at >= size) {
      return LuaString.valueUsing(stream.take(size));
    }
    reached = size > 0;
    byte[] bytes = stream.take(at + pattern.length);
    return LuaString.valueUsing(Arrays.copyOf(bytes, length));
  }

  private int find(StreamSocket stream) {
    int last = stream.available() - pattern.length;
    int from = searched;
    while (from <= last) {
      int at = stream.indexOf(pattern[0] & 0xff, from);
      if (at < 0 || at > last) {
        break;
      }
      if (matches(stream, at, pattern.length)) {
        return at;
      }
      from = at + 1;
    }
    searched = Math.max(0, last + 1);
    return -1;
  }

  private boolean matches(StreamSocket stream, int at, int length) {
    for (int i = 0; i < length; i++) {
      if (stream.at(at + i) != (pattern[i] & 0xff)) {
        return false;
      }
    }
    return true;
  }
}
