package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one socket: the reader that {@code tcpsock:receiveuntil} gives. */
final class ReceiveUntil extends NativeFunction implements TcpReceive.Take {
  private final LuaVm vm;
  private final TcpSocket socket;
  private final byte[] pattern;
  private final boolean inclusive;

  /** For each length of a begun pattern, the longest shorter beginning that it ends with. */
  private final int[] borders;

  /** How many bytes the running call wants at most; 0 for all up to the pattern. */
  private int size;

  /** How many of the received bytes the running call has looked at. */
  private int position;

  /** How many of the bytes before {@link #position} are the pattern's beginning. */
  private int begun;

  /** Whether a read in pieces has reached the pattern, which the next call tells by nil. */
  private boolean reached;

  private ReceiveUntil(LuaVm vm, TcpSocket socket, byte[] pattern, boolean inclusive) {
    super("receiveuntil");
    this.vm = vm;
    this.socket = socket;
    this.pattern = pattern;
    this.inclusive = inclusive;
    this.borders = borders(pattern);
  }

  private static int[] borders(byte[] pattern) {
    int[] borders = new int[pattern.length + 1];
    for (int i = 1, length = 0; i < pattern.length; i++) {
      while (length > 0 && pattern[length] != pattern[i]) {
        length = borders[length];
      }
      if (pattern[length] == pattern[i]) {
        length++;
      }
      borders[i + 1] = length;
    }
    return borders;
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
    size = args.narg() == 1 ? Math.max(0, LuaArgs.checkInt(args, 1)) : 0;
    if (reached) {
      reached = false;
      return varargsOf(NIL, NIL, NIL);
    }
    position = 0;
    begun = 0;
    return TcpReceive.read(x, socket, this);
  }

  /** The next piece: what can't become the pattern any more, which may be more than was wanted. */
  @Override
  public @Nullable LuaValue from(StreamSocket stream, boolean ended) {
    while (position < stream.available()) {
      if (begun == 0) {
        position = begin(stream);
      }
      if (position < stream.available() && !isPiece()) {
        step((byte) stream.at(position));
      }
      if (begun == pattern.length) {
        return matched(stream);
      }
      if (isPiece()) {
        return LuaString.valueUsing(stream.take(position - begun));
      }
    }
    return null;
  }

  private boolean isPiece() {
    return size > 0 && position - begun >= size;
  }

  /** Where the pattern may begin, at most where a piece is complete. */
  private int begin(StreamSocket stream) {
    int at = stream.indexOf(pattern[0] & 0xff, position);
    int found = at < 0 ? stream.available() : at;
    return size == 0 ? found : Math.min(found, size);
  }

  /** Goes on by a byte that continues the pattern, or only drops what was begun in vain. */
  private void step(byte next) {
    while (begun > 0 && pattern[begun] != next) {
      begun = borders[begun];
    }
    if (pattern[begun] == next) {
      begun++;
      position++;
    }
  }

  private LuaValue matched(StreamSocket stream) {
    reached = size > 0;
    byte[] bytes = stream.take(position);
    return LuaString.valueOf(bytes, 0, inclusive ? position : position - pattern.length);
  }

  /** A begun pattern stays with the socket, as bytes for the next call. */
  @Override
  public int partial(StreamSocket stream) {
    return position - begun;
  }
}
