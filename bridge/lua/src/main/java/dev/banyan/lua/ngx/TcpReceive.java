package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.NIL;
import static org.luaj.vm2.LuaValue.varargsOf;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code tcpsock:receive} and {@code receiveany}. */
final class TcpReceive {
  private TcpReceive() {}

  /** How a read takes what it waits for off the received bytes. */
  @FunctionalInterface
  interface Take {
    /** The result, or null while bytes are missing; {@code ended} when no more will come. */
    @Nullable LuaValue from(StreamSocket stream, boolean ended);

    /** What is there of it when no more will come. */
    default LuaString rest(StreamSocket stream) {
      return LuaString.valueUsing(stream.take(stream.available()));
    }
  }

  private static final Take LINE =
      new Take() {
        @Override
        public @Nullable LuaValue from(StreamSocket stream, boolean ended) {
          int end = stream.indexOf('\n', 0);
          return end < 0 ? null : withoutReturns(stream.take(end + 1), end);
        }

        @Override
        public LuaString rest(StreamSocket stream) {
          int left = stream.available();
          return withoutReturns(stream.take(left), left);
        }
      };

  static Varargs receive(Execution x, Varargs args) {
    if (args.narg() != 1 && args.narg() != 2) {
      throw LuaErrors.raise(
          "expecting 1 or 2 arguments (including the object), but got " + args.narg());
    }
    TcpSocket socket = TcpSockets.self(x, args);
    Varargs refusal = refusal(x, socket);
    return refusal == null ? taken(x, socket, pattern(args)) : refusal;
  }

  private static Take pattern(Varargs args) {
    if (args.narg() == 1) {
      return LINE;
    }
    LuaNumber number = LuaNumbers.parse(args.arg(2));
    if (number != null) {
      int count = (int) number.todouble();
      if (count < 0) {
        throw LuaErrors.argument(2, "bad pattern argument");
      }
      return (stream, ended) ->
          stream.available() >= count ? LuaString.valueUsing(stream.take(count)) : null;
    }
    if (!(args.arg(2) instanceof LuaString text)) {
      throw LuaErrors.argument(2, "bad pattern argument");
    }
    return switch (LuaText.latin1(text)) {
      case "*l" -> LINE;
      case "*a" ->
          (stream, ended) -> ended ? LuaString.valueUsing(stream.take(stream.available())) : null;
      default -> {
        String shown = LuaText.latin1(text);
        throw LuaErrors.argument(2, "bad pattern argument" + (isFormat(shown) ? "" : ": " + shown));
      }
    };
  }

  /** Whether a pattern is written as the two that there are. */
  private static boolean isFormat(String pattern) {
    return pattern.length() == 2 && pattern.startsWith("*");
  }

  private static LuaString withoutReturns(byte[] bytes, int length) {
    int kept = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[i] != '\r') {
        bytes[kept++] = bytes[i];
      }
    }
    return LuaString.valueOf(bytes, 0, kept);
  }

  static Varargs receiveAny(Execution x, Varargs args) {
    if (args.narg() != 2) {
      throw LuaErrors.raise("expecting 2 arguments (including the object), but got " + args.narg());
    }
    TcpSocket socket = TcpSockets.self(x, args);
    Varargs refusal = refusal(x, socket);
    if (refusal != null) {
      return refusal;
    }
    LuaNumber number = LuaNumbers.parse(args.arg(2));
    int most = number == null ? 0 : (int) number.todouble();
    if (most <= 0) {
      throw LuaErrors.argument(2, "bad max argument");
    }
    return taken(
        x,
        socket,
        (stream, ended) ->
            stream.available() > 0
                ? LuaString.valueUsing(stream.take(Math.min(most, stream.available())))
                : null);
  }

  private static Varargs closed(Execution x, TcpSocket socket) {
    TcpSockets.log(x, "attempt to receive data on a closed socket: " + socket.described());
    return Execution.failure("closed");
  }

  /**
   * Waits until {@code take} has what it wants, and answers that or {@code nil, error, partial}. Of
   * a closed socket the log hears nothing, as nginx's readers up to a pattern tell it nothing.
   */
  static Varargs read(Execution x, TcpSocket socket, Take take) {
    if (socket.stream == null || (!socket.reading && socket.finished)) {
      return Execution.failure("closed");
    }
    Varargs refusal = refusal(x, socket);
    return refusal == null ? taken(x, socket, take) : refusal;
  }

  /** Why nothing can be read from a socket now; null where something can. */
  private static @Nullable Varargs refusal(Execution x, TcpSocket socket) {
    if (socket.stream == null) {
      return closed(x, socket);
    }
    if (socket.connecting) {
      return Execution.failure("socket busy connecting");
    }
    if (socket.reading) {
      return Execution.failure("socket busy reading");
    }
    return socket.finished ? closed(x, socket) : null;
  }

  private static Varargs taken(Execution x, TcpSocket socket, Take take) {
    StreamSocket stream = Objects.requireNonNull(socket.stream, "not refused");
    socket.reading = true;
    try {
      while (true) {
        LuaValue result = take.from(stream, socket.ended);
        if (result != null) {
          return result;
        }
        if (socket.ended) {
          socket.finished = true;
          return partial(stream, take, isWatchedClient(x, socket) ? "client aborted" : "closed");
        }
        x.checkSuspendable();
        socket.ended = !stream.fill(socket.readTimeout);
      }
    } catch (NgxFailure e) {
      return failed(x, socket, stream, take, String.valueOf(e.getMessage()));
    } finally {
      socket.reading = false;
    }
  }

  private static boolean isWatchedClient(Execution x, TcpSocket socket) {
    return socket.downstream && x.request().settings().checkClientAbort();
  }

  private static Varargs failed(
      Execution x, TcpSocket socket, StreamSocket stream, Take take, String why) {
    if (why.equals("timeout")) {
      TcpSockets.log(x, "lua tcp socket read timed out");
    } else {
      socket.ended = true;
      socket.finished = true;
      x.state().clientLost |= socket.downstream;
    }
    return partial(stream, take, why);
  }

  private static Varargs partial(StreamSocket stream, Take take, String why) {
    return varargsOf(NIL, LuaText.of(why), take.rest(stream));
  }
}
