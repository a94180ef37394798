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

/**
 * Owned by one socket: the reader that {@code tcpsock:receiveuntil} gives. It takes octet by octet
 * off the socket. What may be the pattern's beginning is neither returned nor left to other reads
 * until the next octets tell: a read that times out there goes on from there, as in
 * lua-nginx-module.
 */
final class ReceiveUntil extends NativeFunction {
  private final LuaVm vm;
  private final TcpSocket socket;
  private final byte[] pattern;
  private final int[] shorter;
  private final boolean inclusive;

  /** How many octets of the pattern were taken last. */
  private int matched;

  /** Whether a read in pieces has reached the pattern, which the next call tells by nil. */
  private boolean reached;

  private ReceiveUntil(LuaVm vm, TcpSocket socket, byte[] pattern, boolean inclusive) {
    super("receiveuntil");
    this.vm = vm;
    this.socket = socket;
    this.pattern = pattern;
    this.shorter = shorter(pattern);
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
    return TcpReceive.read(x, socket, new Piece(size));
  }

  /**
   * For each beginning of the pattern the length of the longest shorter one that it ends with
   * (Knuth, Morris and Pratt).
   */
  private static int[] shorter(byte[] pattern) {
    int[] found = new int[pattern.length];
    int length = 0;
    for (int i = 1; i < pattern.length; i++) {
      while (length > 0 && pattern[i] != pattern[length]) {
        length = found[length - 1];
      }
      if (pattern[i] == pattern[length]) {
        length++;
      }
      found[i] = length;
    }
    return found;
  }

  /** One read: up to the pattern, or until {@code size} octets are known not to be its own. */
  private final class Piece implements TcpReceive.Take {
    private final int size;
    private final ByteText text = new ByteText();

    Piece(int size) {
      this.size = size;
    }

    @Override
    public @Nullable LuaValue from(StreamSocket stream, boolean ended) {
      while (stream.available() > 0) {
        if (matched == 0) {
          skip(stream);
        } else {
          step(stream);
        }
        if (matched == pattern.length) {
          matched = 0;
          reached = size > 0;
          if (inclusive) {
            text.append(pattern, 0, pattern.length);
          }
          return rest(stream);
        }
        if (size > 0 && text.length() >= size) {
          return rest(stream);
        }
      }
      if (ended) {
        matched = 0;
      }
      return null;
    }

    @Override
    public LuaString rest(StreamSocket stream) {
      return LuaString.valueUsing(text.bytes());
    }

    /** Takes all before the first octet that may begin the pattern, and that one. */
    private void skip(StreamSocket stream) {
      int at = stream.indexOf(pattern[0] & 0xff, 0);
      int plain = at < 0 ? stream.available() : at;
      int count = size > 0 ? Math.min(plain, size - text.length()) : plain;
      text.append(stream.take(count), 0, count);
      if (count == at && (size == 0 || text.length() < size)) {
        stream.take(1);
        matched = 1;
      }
    }

    /**
     * Looks at one octet, and takes it if it goes on with the pattern, or with a shorter beginning
     * that what was matched ends with: all before that is given back at once.
     */
    private void step(StreamSocket stream) {
      byte octet = (byte) stream.at(0);
      int left = matched;
      while (left > 0 && pattern[left] != octet) {
        left = shorter[left - 1];
      }
      text.append(pattern, 0, matched - left);
      matched = left;
      if (left > 0) {
        stream.take(1);
        matched++;
      }
    }
  }
}
