package dev.banyan.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Headers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Accepted connections have the options of their listener; the system tells. */
@EnabledOnOs(OS.LINUX)
final class AcceptedSocketsTest {
  /** The kind of timer in a line of /proc/net/tcp: one that asks a silent peer. */
  private static final String KEEPALIVE_TIMER = "02:";

  private static final int TIMER = 5;

  /** Answers, and keeps the connection. */
  private static final class Answering implements ExchangeHandler {
    @Override
    public void handle(HttpExchange exchange) {
      Headers headers = new Headers();
      headers.add("Content-Length", "0");
      exchange.sendHead(200, "", headers);
      exchange.end();
    }

    @Override
    public void malformed(BadRequest why, HttpExchange exchange) {
      throw new AssertionError(why.reason());
    }
  }

  static List<IoMethod> methods() {
    return IoMethod.available();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void silentClientsAreAskedWhereThatIsSaid(IoMethod method) throws IOException {
    AcceptedSockets asking = new AcceptedSockets(true, 100, 20, 3, 0, 0);
    assertThat(timer(method, asking)).startsWith(KEEPALIVE_TIMER);
    assertThat(timer(method, AcceptedSockets.SYSTEM)).doesNotStartWith(KEEPALIVE_TIMER);
  }

  /** The timer of the server's end of an idle connection. */
  private static String timer(IoMethod method, AcceptedSockets sockets) throws IOException {
    try (Workers workers = new Workers(1, method);
        Listener listener =
            Listener.bind(
                workers,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new ListenerOptions(ListenerLimits.DEFAULT, null, false, false, 128, sockets),
                new Answering());
        Socket client = new Socket(listener.address().getAddress(), listener.address().getPort())) {
      client
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(client.getInputStream().read()).isPositive();
      String line =
          Stream.concat(
                  Files.readAllLines(Path.of("/proc/net/tcp")).stream(),
                  Files.readAllLines(Path.of("/proc/net/tcp6")).stream())
              .filter(each -> between(each, client.getPort(), client.getLocalPort()))
              .findFirst()
              .orElseThrow();
      return line.strip().split(" +")[TIMER];
    }
  }

  private static boolean between(String line, int local, int remote) {
    String[] words = line.strip().split(" +");
    return words[1].endsWith(":%04X".formatted(local))
        && words[2].endsWith(":%04X".formatted(remote));
  }

  @Test
  void whatIsNotSaidIsTheSystems() {
    assertThat(ListenerOptions.PLAIN.sockets()).isEqualTo(AcceptedSockets.SYSTEM);
  }
}
