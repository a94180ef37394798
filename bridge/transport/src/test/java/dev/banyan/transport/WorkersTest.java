package dev.banyan.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WorkersTest {
  private static final Duration WAIT = Duration.ofSeconds(30);

  private static void connect(WorkerLoop loop, ServerSocket server)
      throws InterruptedException, TimeoutException {
    WorkerSockets sockets = new WorkerSockets(loop);
    InetSocketAddress address =
        new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    OnLoop.run(loop, () -> sockets.pool("p", 1, -1).connect(() -> address, null, WAIT));
  }

  static List<IoMethod> methods() {
    return IoMethod.available();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void closesItsConnectionsThoughALoopWorksWhenItIsToldToStop(IoMethod method)
      throws IOException, InterruptedException, TimeoutException {
    Workers workers = new Workers(1, method);
    WorkerLoop loop = workers.loops().getFirst();
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch told = new CountDownLatch(1);
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      connect(loop, server);
      try (Socket peer = server.accept()) {
        peer.setSoTimeout((int) WAIT.toMillis());
        loop.execute(() -> {
          working.countDown();
          await(told);
        });
        working.await();
        workers.close();
        told.countDown();
        assertThat(peer.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aLoopRestsOnceItsTasksAreDoneAndNotBetweenThem(IoMethod method) throws InterruptedException {
    Queue<String> done = new ConcurrentLinkedQueue<>();
    CountDownLatch rested = new CountDownLatch(1);
    Runnable atRest =
        () -> {
          done.add("rest");
          if (done.contains("second")) {
            rested.countDown();
          }
        };
    try (Workers workers = new Workers(1, method, atRest)) {
      WorkerLoop loop = workers.loops().getFirst();
      loop.execute(() -> {
        done.add("first");
        loop.execute(() -> done.add("second"));
      });
      assertThat(rested.await(WAIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
    assertThat(String.join(" ", done)).contains("first second rest");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
