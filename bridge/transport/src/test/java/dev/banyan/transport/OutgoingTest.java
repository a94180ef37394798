package dev.banyan.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Headers;
import io.netty.channel.DefaultEventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutgoingTest {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final DefaultEventLoop loop = new DefaultEventLoop();
  private final Outgoing outgoing = new Outgoing(loop);
  private final List<Integer> sent = new ArrayList<>();

  @AfterEach
  void stop() {
    loop.shutdownGracefully();
  }

  private List<Integer> sentWhile(Runnable turn) throws ExecutionException, InterruptedException {
    CompletableFuture<List<Integer>> early = new CompletableFuture<>();
    loop.execute(() -> {
      turn.run();
      early.complete(List.copyOf(sent));
    });
    return early.get();
  }

  private List<Integer> sentAtLast() throws ExecutionException, InterruptedException {
    return sentWhile(() -> {});
  }

  @Test
  void sendsAtTheEndOfTheTurnInOrder() throws ExecutionException, InterruptedException {
    List<Integer> early =
        sentWhile(() -> IntStream.range(0, 3).forEach(i -> outgoing.add(() -> sent.add(i))));
    assertThat(early).isEmpty();
    assertThat(sentAtLast()).containsExactly(0, 1, 2);
  }

  @Test
  void holdsNoMoreBackThanItsBound() throws ExecutionException, InterruptedException {
    int many = 2 * Outgoing.MOST + 1;
    List<Integer> early =
        sentWhile(() -> IntStream.range(0, many).forEach(i -> outgoing.add(() -> sent.add(i))));
    assertThat(early).hasSize(2 * Outgoing.MOST);
    assertThat(sentAtLast()).containsExactlyElementsOf(IntStream.range(0, many).boxed().toList());
  }

  @Test
  void sendsWhatSendingAdds() throws ExecutionException, InterruptedException {
    sentWhile(() ->
        outgoing.add(() -> {
          sent.add(1);
          outgoing.add(() -> sent.add(2));
        }));
    sentAtLast();
    assertThat(sentAtLast()).containsExactly(1, 2);
  }

  /** Notes when it sends and when its row has been sent. */
  private final class Told implements Outgoing.Owing {
    private final int number;

    Told(int number) {
      this.number = number;
    }

    @Override
    public void sendOwed() {
      sent.add(number);
    }

    @Override
    public void rowSent() {
      sent.add(-number);
    }
  }

  @Test
  void tellsOnceTheWholeRowWasSent() throws ExecutionException, InterruptedException {
    sentWhile(() -> IntStream.rangeClosed(1, 3).forEach(i -> outgoing.add(new Told(i))));
    assertThat(sentAtLast()).containsExactly(1, 2, 3, -1, -2, -3);
  }

  /** Answers, waits for the sending and notes that it goes on. */
  private static final class WorksOn implements ExchangeHandler {
    private final BlockingQueue<String> worked = new LinkedBlockingQueue<>();

    @Override
    public void handle(HttpExchange exchange) {
      Headers headers = new Headers();
      headers.add("Content-Length", "0");
      exchange.sendHead(200, "", headers);
      exchange.end();
      exchange.awaitSent();
      worked.add(exchange.target());
    }

    @Override
    public void malformed(BadRequest why, HttpExchange exchange) {
      exchange.abort();
    }
  }

  @Test
  void whoWaitsForTheSendingWorksOnBeforeTheNextRequestOfItsConnection()
      throws IOException, InterruptedException {
    WorksOn handler = new WorksOn();
    String requests =
        "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    try (Workers workers = new Workers(1);
        Listener listener = Listener.bind(workers, ANY, ListenerOptions.PLAIN, handler)) {
      assertThat(RawClient.talk(listener.address(), requests).split("200 OK")).hasSize(3);
      assertThat(handler.worked.poll(10, TimeUnit.SECONDS)).isEqualTo("/1");
      assertThat(handler.worked.poll(10, TimeUnit.SECONDS)).isEqualTo("/2");
    }
  }

  /** Answers, on a listener that is told to end its connections in the same turn. */
  private static final class Leaving implements ExchangeHandler {
    private volatile @Nullable Listener listener;

    @Override
    public void handle(HttpExchange exchange) {
      Listener told = listener;
      if (told != null) {
        told.stopConnections((WorkerLoop) exchange.loop());
      }
      Headers headers = new Headers();
      headers.add("Content-Length", "0");
      exchange.sendHead(200, "", headers);
      exchange.end();
    }

    @Override
    public void malformed(BadRequest why, HttpExchange exchange) {
      exchange.abort();
    }
  }

  @Test
  void anAnswerGoesOutThoughItsConnectionIsClosedInTheSameTurn() throws IOException {
    Leaving handler = new Leaving();
    try (Workers workers = new Workers(1);
        Listener listener = Listener.bind(workers, ANY, ListenerOptions.PLAIN, handler)) {
      handler.listener = listener;
      assertThat(RawClient.talk(listener.address(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n"))
          .startsWith("HTTP/1.1 200 OK\r\n");
    }
  }
}
