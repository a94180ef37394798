package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.transport.IoMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a cosocket is told of a peer that resets the connection, as nginx tells it. */
final class ResetPeerTest {
  @TempDir Path prefix;

  static List<IoMethod> methods() {
    return IoMethod.available();
  }

  /** Answers one octet with three, and resets the connection. */
  private static void reset(ServerSocket peer) {
    try (Socket socket = peer.accept()) {
      socket.getInputStream().read();
      socket.getOutputStream().write(new byte[] {'a', 'b', 'c'});
      Thread.sleep(100); // else the octets may be lost by the reset
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aResetIsToldOnceAndClosesBothWays(IoMethod method) throws IOException {
    try (ServerSocket peer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> reset(peer));
      String server =
          """
          location / { content_by_lua_block {
            local function say(...)
              local told = {}
              for i = 1, select("#", ...) do told[i] = tostring((select(i, ...))) end
              ngx.print(table.concat(told, " "), "; ")
            end
            local sock = ngx.socket.tcp()
            sock:connect("127.0.0.1", %d)
            sock:send("x")
            say(sock:receive(5))
            say(sock:receive(5))
            say(sock:send("y"))
          } }
          """
              .formatted(peer.getLocalPort());
      try (Served served = Served.by(method, prefix, "", server)) {
        assertThat(Served.body(served.get("/")))
            .containsSubsequence(
                "nil connection reset by peer abc; ", "nil closed; ", "nil broken pipe; ");
      }
    }
  }
}
