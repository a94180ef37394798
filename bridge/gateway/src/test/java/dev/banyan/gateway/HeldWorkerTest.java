package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Decision;
import dev.banyan.api.FailMode;
import dev.banyan.api.Handler;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Port;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call that holds its worker: a fresh one serves in its place, and the others don't feel it. */
final class HeldWorkerTest {
  private static final String MODULE =
      """
      local m = {}
      function m.sleeps() ngx.ctx.by = 'lua' end
      function m.spins() ngx.ctx.by = 'lua' end
      return m
      """;
  private static final String HTTP = "lua_shared_dict d 1m;";
  private static final String SERVER =
      """
      location /hold/ {
        access_by_lua_block { require('m')[ngx.var.uri:sub(7)]() }
        content_by_lua_block { ngx.print('by ', ngx.ctx.by) } }
      location / {
        content_by_lua_block {
          ngx.print('worker ', ngx.worker.id(), ' count ', (ngx.shared.d:incr('n', 1, 0))) } }
      """;

  @TempDir Path prefix;

  /** Holds its thread until it is let go. */
  @LuaModule("m")
  static final class Holding implements Port {
    final CountDownLatch release = new CountDownLatch(1);

    @Handler("sleeps")
    Decision sleeps() throws InterruptedException {
      release.await();
      return Decision.next();
    }

    @Handler("spins")
    Decision spins() {
      while (release.getCount() > 0) {
        Thread.onSpinWait();
      }
      return Decision.next();
    }
  }

  /** Long enough for every call that isn't held, on a machine with other work too. */
  private static final Duration DEADLINE = Duration.ofSeconds(1);

  private Seamed seamed(Holding port) {
    return Seamed.java(prefix, port, Seamed.rules(FailMode.LUA, DEADLINE), MODULE, HTTP, SERVER);
  }

  private static Thread held(Seamed seamed) throws InterruptedException {
    while (seamed.held.isEmpty()) {
      Thread.sleep(Duration.ofMillis(5));
      seamed.guards.look();
    }
    return seamed.held.getFirst();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sleeps", "spins"})
  void newConnectionsAreServedByAFreshWorkerWhileTheCallRuns(String way)
      throws InterruptedException {
    Holding port = new Holding();
    try (Seamed seamed = seamed(port)) {
      assertThat(seamed.get("/")).isEqualTo("worker 0 count 1");
      StringBuilder answer = new StringBuilder();
      Thread client = Thread.ofPlatform().start(() -> answer.append(seamed.get("/hold/" + way)));
      Thread worker = held(seamed);
      Gateway gateway = seamed.served().gateway();
      assertThat(gateway.replaceWorker(worker)).isTrue();
      assertThat(gateway.replaceWorker(worker)).as("a second time").isFalse();
      for (int i = 2; i < 50; i++) {
        assertThat(seamed.get("/")).isEqualTo("worker 0 count " + i);
      }
      assertThat(seamed.get("/hold/" + way)).as("the breaker is open").isEqualTo("by lua");
      port.release.countDown();
      client.join();
      assertThat(answer).hasToString("by lua");
      worker.join(Duration.ofSeconds(10));
      assertThat(worker.isAlive()).as("the former worker ends").isFalse();
    }
  }

  @Test
  void aConnectionThatWasDealtToTheHeldWorkerIsServedByTheFreshOne() throws InterruptedException {
    Holding port = new Holding();
    try (Seamed seamed = seamed(port)) {
      Thread client = Thread.ofPlatform().start(() -> seamed.get("/hold/sleeps"));
      Thread worker = held(seamed);
      StringBuilder answer = new StringBuilder();
      Thread other = Thread.ofPlatform().start(() -> answer.append(seamed.get("/")));
      other.join(Duration.ofMillis(300));
      assertThat(other.isAlive()).as("the only worker is held").isTrue();
      assertThat(seamed.served().gateway().replaceWorker(worker)).isTrue();
      other.join(Duration.ofSeconds(10));
      assertThat(answer).hasToString("worker 0 count 1");
      assertThat(client.isAlive()).as("the call still runs").isTrue();
      port.release.countDown();
      client.join();
    }
  }

  @Test
  void aReloadWhileAWorkerIsHeldKeepsItsConnectionsServed()
      throws InterruptedException, IOException {
    Holding port = new Holding();
    try (Seamed seamed = seamed(port);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), seamed.served().port())) {
      send(socket, "/hold/sleeps");
      Thread worker = held(seamed);
      send(socket, "/");
      Gateway gateway = seamed.served().gateway();
      assertThat(gateway.replaceWorker(worker)).isTrue();
      String path = "lua_package_path '" + prefix.resolve("lua") + "/?.lua;;'; ";
      gateway.reload(Served.conf(prefix, seamed.served().port(), path + HTTP, SERVER));
      assertThat(seamed.get("/")).isEqualTo("worker 0 count 1");
      port.release.countDown();
      assertThat(read(socket.getInputStream())).contains("by lua");
      worker.join(Duration.ofSeconds(10));
      assertThat(worker.isAlive()).isFalse();
      assertThat(seamed.get("/")).startsWith("worker 0 count ");
    }
  }

  @Test
  void aThreadThatIsNoWorkersIsNotReplaced() {
    try (Seamed seamed = seamed(new Holding())) {
      assertThat(seamed.served().gateway().replaceWorker(Thread.currentThread())).isFalse();
    }
  }

  private static void send(Socket socket, String target) throws IOException {
    socket
        .getOutputStream()
        .write(
            ("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Until the server closes. */
  private static String read(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }
}
