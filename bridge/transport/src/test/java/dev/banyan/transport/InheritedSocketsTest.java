package dev.banyan.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.api.Headers;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sockets that somebody else listens on are accepted from, and what waits in them isn't lost. */
@EnabledOnOs(OS.LINUX)
final class InheritedSocketsTest {
  private static final ListenerOptions OPTIONS =
      new ListenerOptions(ListenerLimits.DEFAULT, null, false, false, 128);

  @TempDir Path folder;

  /** Answers. */
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
    return IoMethod.available().stream().filter(method -> method != IoMethod.NIO).toList();
  }

  /** A socket as another process opened it, and one that waits in it. */
  @ParameterizedTest
  @MethodSource("methods")
  void whoWaitsIsServedAsSoonAsTheListenerAccepts(IoMethod method) throws IOException {
    NativeSockets.require();
    Socket opened = Socket.newSocketStream();
    opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    opened.listen(10);
    InetSocketAddress address = opened.localAddress();
    InheritedSockets inherited = InheritedSockets.of(List.of(opened.intValue()));
    assertThat(inherited.lack(method)).isNull();
    assertThat(inherited.lack(IoMethod.NIO)).isNotNull();
    InetSocketAddress wanted =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort());
    try (RawClient waiting = new RawClient(wanted);
        Workers workers = new Workers(1, method);
        Listener listener = Listener.bind(workers, wanted, OPTIONS, new Answering(), inherited)) {
      assertThat(inherited.isEmpty()).isTrue();
      assertThat(listener.address().getPort()).isEqualTo(address.getPort());
      waiting.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertThat(listener.connections()).isZero();
      listener.accept();
      assertThat(waiting.readAll()).startsWith("HTTP/1.1 200");
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aUnixSocketStaysWhereItsListenerLeavesAndGoesWhereItStops(IoMethod method) throws Exception {
    Path path = folder.resolve("s.sock");
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
    try (Workers before = new Workers(1, method);
        Workers after = new Workers(1, method);
        Listener first = Listener.bind(before, address, OPTIONS, new Answering())) {
      int copy = 900;
      Descriptors.duplicate(first.descriptor().orElseThrow(), copy); // as another process has it
      InheritedSockets inherited = InheritedSockets.of(List.of(copy));
      try (Listener second = Listener.bind(after, address, OPTIONS, new Answering(), inherited)) {
        second.accept();
        first.leave();
        Thread.sleep(100); // until its last accept is taken back
        first.letGo();
        assertThat(path).exists();
        try (SocketChannel client = SocketChannel.open(address)) {
          client.write(
              ByteBuffer.wrap(
                  "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                      .getBytes(StandardCharsets.US_ASCII)));
          assertThat(client.read(ByteBuffer.allocate(9))).isPositive();
        }
      }
      assertThat(path).doesNotExist();
    }
  }

  @Test
  void aServiceManagerPassesSocketsToTheProcessItNames() throws IOException {
    assertThat(InheritedSockets.passed(Map.of()).isEmpty()).isTrue();
    assertThat(InheritedSockets.passed(Map.of("LISTEN_PID", "1", "LISTEN_FDS", "1")).isEmpty())
        .isTrue();
  }

  @Test
  void whatDoesNotListenIsRefused() {
    assertThatThrownBy(
            () -> {
              Socket idle = Socket.newSocketStream();
              InheritedSockets.of(List.of(idle.intValue()));
            })
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is no socket that listens");
  }

  @Test
  void theServiceManagerIsTold() throws Exception {
    Path path = folder.resolve("notify");
    NativeSockets.require();
    Socket manager = Socket.newSocketDomainDgram();
    manager.bind(new DomainSocketAddress(path.toString()));
    ServiceManager.tell(path.toString(), "READY=1");
    ByteBuffer told = ByteBuffer.allocateDirect(100);
    told.limit(manager.recv(told, 0, told.capacity()));
    assertThat(StandardCharsets.US_ASCII.decode(told).toString()).isEqualTo("READY=1");
    ServiceManager.tell(null, "READY=1");
  }
}
