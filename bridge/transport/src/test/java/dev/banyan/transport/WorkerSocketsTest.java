package dev.banyan.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.fiber.Fiber;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cosockets against plain JDK servers. */
class WorkerSocketsTest {
  private static final Duration WAIT = Duration.ofSeconds(30);

  private final Workers workers = new Workers(1);
  private final WorkerLoop loop = workers.loops().getFirst();
  private final WorkerSockets sockets = new WorkerSockets(loop);
  private final AtomicInteger accepted = new AtomicInteger();
  private ServerSocket server;

  @SuppressWarnings("NullAway.Init") // the server is opened before each test
  WorkerSocketsTest() {}

  /** Answers each line with the same line; "bye" ends the connection, "bye later" a while later. */
  @BeforeEach
  void serve() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::acceptAll);
  }

  private void acceptAll() {
    while (true) {
      try {
        Socket socket = server.accept();
        accepted.incrementAndGet();
        Thread.ofVirtual().start(() -> echo(socket));
      } catch (IOException e) {
        return; // the test is over
      }
    }
  }

  private static void echo(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[65536];
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        String line = new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
        if (line.startsWith("bye")) {
          Thread.sleep(line.endsWith("later") ? 200 : 0);
          return;
        }
        socket.getOutputStream().write(buffer, 0, n);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      return; // the client reset the connection, which some tests do
    }
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    workers.close();
  }

  private InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort());
  }

  private static List<byte[]> text(String... pieces) {
    return java.util.Arrays.stream(pieces)
        .map(piece -> piece.getBytes(StandardCharsets.ISO_8859_1))
        .toList();
  }

  private static String ask(RawSocket socket, String question) {
    socket.send(text(question), WAIT);
    while (socket.buffered().size() < question.length()) {
      assertThat(socket.fill(WAIT)).isTrue();
    }
    return new String(socket.buffered().take(question.length()), StandardCharsets.ISO_8859_1);
  }

  private String attempt(Duration timeout) {
    try {
      sockets.connect(address(), timeout).close();
      return "connected";
    } catch (TransportException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void aLoopThatIsLateDoesNotTakeItsPeersForLate() throws Exception {
    CompletableFuture<String> ended = new CompletableFuture<>();
    Fiber.submit(
        loop,
        "busy",
        () -> {
          RawSocket socket = sockets.connect(address(), WAIT);
          socket.send(text("wake"), WAIT);
          socket.fill(WAIT); // goes on among the events of a poll
          Fiber.start(loop, "hurried", () -> ended.complete(attempt(Duration.ofMillis(100))));
          LockSupport.parkNanos(Duration.ofMillis(400).toNanos());
          socket.close();
        });
    assertThat(ended.get(30, TimeUnit.SECONDS)).isEqualTo("connected");
  }

  @Test
  void aSocketSendsItsPiecesInOrderAndFindsOctetsInWhatItReceived() throws Exception {
    OnLoop.run(
        loop,
        () -> {
          RawSocket socket = sockets.connect(address(), WAIT);
          socket.send(text("one ", "two\n", "rest"), WAIT);
          while (socket.buffered().size() < 12) {
            assertThat(socket.fill(WAIT)).isTrue();
          }
          assertThat(socket.buffered().indexOf('\n', 0)).isEqualTo(7);
          assertThat(socket.buffered().at(0)).isEqualTo('o');
          assertThat(socket.buffered().take(8)).asString().isEqualTo("one two\n");
          assertThat(socket.buffered().size()).isEqualTo(4);
          socket.close();
          assertThat(socket.isOpen()).isFalse();
        });
  }

  @Test
  void thePeersEndIsToldOnceItsOctetsAreTaken() throws Exception {
    OnLoop.run(
        loop,
        () -> {
          RawSocket socket = sockets.connect(address(), WAIT);
          socket.send(text("bye"), WAIT);
          assertThat(socket.fill(WAIT)).isFalse();
          assertThat(socket.dirty()).isTrue();
          assertThat(socket.fill(WAIT)).isFalse();
          socket.close();
        });
  }

  @Test
  void aReadTimesOutAndTheSocketStaysUsable() throws Exception {
    OnLoop.run(
        loop,
        () -> {
          RawSocket socket = sockets.connect(address(), WAIT);
          assertThatThrownBy(() -> socket.fill(Duration.ofMillis(30)))
              .isInstanceOf(TransportException.class)
              .hasMessage("timeout");
          assertThat(ask(socket, "later")).isEqualTo("later");
          socket.close();
        });
  }

  @Test
  void aRefusedConnectSaysSo() throws Exception {
    try (Socket deaf = new Socket()) { // has the port, which nobody else gets, and never listens
      deaf.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      InetSocketAddress refusing =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), deaf.getLocalPort());
      OnLoop.run(
          loop,
          () ->
              assertThatThrownBy(() -> sockets.connect(refusing, WAIT))
                  .isInstanceOf(TransportException.class)
                  .hasMessage("connection refused"));
    }
  }

  @Test
  void aKeptConnectionIsTakenAgainAndCountsItsUses() throws Exception {
    OnLoop.run(
        loop,
        () -> {
          SocketPool pool = sockets.pool("p", 2, -1);
          RawSocket first = pool.connect(this::address, WAIT);
          assertThat(first.reusedTimes()).isZero();
          assertThat(ask(first, "a")).isEqualTo("a");
          assertThat(pool.keep(first, Duration.ofSeconds(9))).isNull();
          RawSocket second = pool.connect(this::address, WAIT);
          assertThat(second.reusedTimes()).isEqualTo(1);
          assertThat(ask(second, "b")).isEqualTo("b");
          second.close();
        });
    assertThat(accepted).hasValue(1);
    OnLoop.run(loop, () -> assertThat(sockets.existingPool("p")).isNull());
  }

  /** On the event loop, which goes on meanwhile. */
  private static void await(BooleanSupplier event) {
    for (int i = 0; i < 3_000 && !event.getAsBoolean(); i++) {
      dev.banyan.fiber.Fiber.sleep(Duration.ofMillis(10));
    }
    assertThat(event.getAsBoolean()).isTrue();
  }

  @Test
  void anIdleConnectionEndsAfterItsTimeAndWhenThePeerCloses() throws Exception {
    OnLoop.run(
        loop,
        () -> {
          SocketPool pool = sockets.pool("p", 2, -1);
          RawSocket shortLived = pool.connect(this::address, WAIT);
          RawSocket ended = pool.connect(this::address, WAIT);
          assertThat(pool.keep(shortLived, Duration.ofMillis(20))).isNull();
          ended.send(text("bye later"), WAIT);
          assertThat(pool.keep(ended, Duration.ZERO)).isNull();
          await(() -> !shortLived.isOpen() && !ended.isOpen());
        });
  }

  @Test
  void aConnectionWithUnreadOctetsIsNotKept() throws Exception {
    OnLoop.run(
        loop,
        () -> {
          SocketPool pool = sockets.pool("p", 2, -1);
          RawSocket socket = pool.connect(this::address, WAIT);
          socket.send(text("xy"), WAIT);
          assertThat(socket.fill(WAIT)).isTrue();
          assertThat(pool.keep(socket, Duration.ZERO)).isEqualTo("unread data in buffer");
          socket.close();
          assertThat(pool.keep(socket, Duration.ZERO)).isEqualTo("closed");
        });
  }

  @Test
  void aConnectionOnWhichThePeerHasEndedOrSpokenUnheardIsNotKept() throws Exception {
    OnLoop.run(
        loop,
        () -> {
          SocketPool pool = sockets.pool("p", 2, -1);
          RawSocket ended = pool.connect(this::address, WAIT);
          RawSocket unheard = pool.connect(this::address, WAIT);
          ended.send(text("bye"), WAIT);
          unheard.send(text("xy"), WAIT);
          dev.banyan.fiber.Fiber.sleep(Duration.ofMillis(200));
          assertThat(pool.keep(ended, Duration.ZERO)).isEqualTo("closed");
          assertThat(pool.keep(unheard, Duration.ZERO)).isEqualTo("connection in dubious state");
        });
  }

  @Test
  void aPoolWithABacklogMakesConnectsWaitAndRefusesTheOnesBeyondIt() throws Exception {
    OnLoop.run(
        loop,
        () -> {
          SocketPool pool = sockets.pool("p", 1, 1);
          RawSocket first = pool.connect(this::address, WAIT);
          boolean[] served = {false};
          dev.banyan.fiber.Fiber.start(
              loop,
              "second",
              () -> {
                RawSocket second = pool.connect(this::address, WAIT);
                served[0] = second.equals(first);
                second.close();
              });
          assertThatThrownBy(() -> pool.connect(this::address, WAIT))
              .hasMessage("too many waiting connect operations");
          assertThat(pool.keep(first, Duration.ZERO)).isNull();
          await(() -> served[0]);
        });
  }

  @Test
  void aWaitingConnectTimesOut() throws Exception {
    OnLoop.run(
        loop,
        () -> {
          SocketPool pool = sockets.pool("p", 1, 5);
          RawSocket first = pool.connect(this::address, WAIT);
          assertThatThrownBy(() -> pool.connect(this::address, Duration.ofMillis(30)))
              .hasMessage("timeout");
          first.close();
        });
  }

  @Test
  void unixSocketsConnectLikeTcp(@TempDir Path folder) throws Exception {
    Path path = folder.resolve("s");
    try (ServerSocketChannel unix = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      unix.bind(UnixDomainSocketAddress.of(path));
      Thread.ofVirtual()
          .start(() -> {
            try (SocketChannel peer = unix.accept()) {
              ByteBuffer buffer = ByteBuffer.allocate(100);
              peer.read(buffer);
              peer.write(buffer.flip());
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          });
      OnLoop.run(
          loop,
          () -> {
            RawSocket socket = sockets.connect(UnixDomainSocketAddress.of(path), WAIT);
            assertThat(ask(socket, "unix")).isEqualTo("unix");
            socket.close();
            assertThatThrownBy(
                    () -> sockets.connect(UnixDomainSocketAddress.of(folder.resolve("no")), WAIT))
                .hasMessage("no such file or directory");
          });
    }
  }

  @Test
  void datagramsGoToThePeerAndItsAnswersComeBackCutToSize() throws Exception {
    try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              DatagramPacket packet = new DatagramPacket(new byte[100], 100);
              peer.receive(packet);
              peer.send(packet);
              peer.receive(packet);
              peer.send(packet);
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          });
      OnLoop.run(
          loop,
          () -> {
            UdpSocket socket = sockets.udp(Objects.requireNonNull(peer.getLocalSocketAddress()));
            socket.send(text("he", "llo"));
            assertThat(socket.receive(100, WAIT)).asString().isEqualTo("hello");
            socket.send(text("hello"));
            assertThat(socket.receive(3, WAIT)).asString().isEqualTo("hel");
            assertThatThrownBy(() -> socket.receive(10, Duration.ofMillis(20)))
                .hasMessage("timeout");
            socket.close();
            assertThatThrownBy(() -> socket.receive(10, WAIT)).hasMessage("closed");
          });
    }
  }
}
