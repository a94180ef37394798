package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Buffers of bodies that never arrive anywhere are given back: Netty's detector sees none lost. */
final class LeakTest {
  private static final int ROUNDS = 40;
  private static final int WAITING = 10;
  private static final long SETTLE_MILLIS = 300;
  private static final String CHUNK = "4000\r\n" + "x".repeat(0x4000) + "\r\n";

  private static final String SERVER =
      """
      location /unread { content_by_lua_block { ngx.say("no body wanted") } }
      location /read { content_by_lua_block { ngx.req.read_body() ngx.say("read") } }
      location /discarded { content_by_lua_block { ngx.req.discard_body() ngx.exit(403) } }
      location /small { client_max_body_size 10; content_by_lua_block { ngx.req.read_body() } }
      location /streamed { proxy_pass http://127.0.0.1:PORT/read; proxy_request_buffering off; proxy_http_version 1.1; }
      location /buffered { proxy_pass http://127.0.0.1:PORT/endless; }
      location /breaks { proxy_pass http://127.0.0.1:PORT/broken; proxy_buffering off; }
      location /hidden { proxy_intercept_errors on; error_page 503 =200 /page; proxy_pass http://127.0.0.1:PORT/fails; }
      location /page { return 200 page; }
      location /sleeps { content_by_lua_block { ngx.sleep(600) ngx.req.read_body() } }
      location /listens { content_by_lua_block {
        local sock = ngx.socket.tcp()
        sock:connect("127.0.0.1", PORT)
        sock:send("GET /page HTTP/1.0\\r\\n\\r\\n")
        sock:receive(1)
        ngx.sleep(600)
      } }
      location /waits { header_filter_by_lua_block { ngx.shared.d:incr("answers", 1, 0) } proxy_pass http://127.0.0.1:PORT/endless; }
      location /answers { content_by_lua_block { ngx.print(ngx.shared.d:get("answers") or 0) } }
      location /filtered { sub_filter x y; sub_filter_types *; gzip on; gzip_types *; proxy_pass http://127.0.0.1:PORT/endless; }
      location /captured { content_by_lua_block { ngx.location.capture("/hidden") ngx.say("done") } }
      location /fails { content_by_lua_block { ngx.status = 503 ngx.print(string.rep("x", 100000)) } }
      location /endless { content_by_lua_block { for _ = 1, 50 do ngx.print(string.rep("x", 16384)) ngx.flush(true) end } }
      location /aborts { content_by_lua_block { ngx.print("begun") ngx.exit(444) } }
      location /falls { content_by_lua_block { ngx.print("begun") error("no") } }
      location /broken { content_by_lua_block { ngx.header.content_length = 1000000 ngx.print(string.rep("x", 50000)) ngx.flush(true) ngx.exit(444) } }
      """;

  @TempDir Path prefix;

  private final List<String> lost = new CopyOnWriteArrayList<>();
  private ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();

  @BeforeEach
  void watch() {
    before = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    ByteBufUtil.setLeakListener((type, records) -> lost.add(type + " " + records));
  }

  @AfterEach
  void look() {
    ByteBufUtil.setLeakListener(null);
    ResourceLeakDetector.setLevel(before);
  }

  @Test
  void bodiesThatNobodyTakesAreReleased() throws Exception {
    try (Served served = Served.server(prefix, "", SERVER)) {
      for (int i = 0; i < ROUNDS; i++) {
        for (String target : List.of("/unread", "/read", "/discarded", "/small", "/streamed")) {
          leaveMidBody(served, target);
        }
        for (String target : List.of("/buffered", "/breaks", "/filtered", "/endless")) {
          leaveMidAnswer(served, target);
        }
        for (String target : List.of("/hidden", "/captured", "/breaks")) {
          assertThat(served.get(target)).startsWith("HTTP/1.1 200 ");
        }
        for (String target : List.of("/aborts", "/falls")) {
          served.get(target); // of which less than a packet was ever there
        }
      }
      report();
      assertThat(served.get("/page")).endsWith("page");
    }
    report();
    assertThat(lost).isEmpty();
  }

  @Test
  void whatWaitsWhenTheGatewayStopsIsReleased() throws Exception {
    List<Socket> waiting = new ArrayList<>();
    try (Served served = Served.server(prefix, "lua_shared_dict d 64k;", SERVER)) {
      for (int i = 0; i < WAITING; i++) {
        Socket body = open(served, "POST /sleeps", "Transfer-Encoding: chunked\r\n");
        body.getOutputStream().write((CHUNK + "40").getBytes(StandardCharsets.US_ASCII));
        waiting.add(body);
        waiting.add(open(served, "GET /listens", ""));
        waiting.add(open(served, "GET /waits", "")); // whose answer nobody takes
      }
      for (int i = 0; i < 100 && !served.get("/answers").contains("\r\n" + WAITING + "\r\n"); i++) {
        Thread.sleep(SETTLE_MILLIS);
      }
      Thread.sleep(SETTLE_MILLIS); // what was sent has come
    }
    for (Socket socket : waiting) {
      socket.close();
    }
    report();
    assertThat(lost).isEmpty();
  }

  /** Sends a part of a body and leaves. */
  private static void leaveMidBody(Served served, String target) throws IOException {
    try (Socket socket = open(served, "POST " + target, "Transfer-Encoding: chunked\r\n")) {
      socket.getOutputStream().write((CHUNK + CHUNK + "40").getBytes(StandardCharsets.US_ASCII));
    } catch (java.net.SocketException e) {
      assertThat(target).as("the gateway may have refused").isNotEqualTo("/read");
    }
  }

  /** Reads a part of an answer and leaves. */
  private static void leaveMidAnswer(Served served, String target) throws IOException {
    try (Socket socket = open(served, "GET " + target, "Accept-Encoding: gzip\r\n")) {
      assertThat(socket.getInputStream().read()).isEqualTo('H');
    }
  }

  private static Socket open(Served served, String line, String field) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.port());
    socket.setSoTimeout(10_000);
    String head = line + " HTTP/1.1\r\nHost: a\r\n" + field + "\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** Lets the detector see what was collected: it reports when a buffer is allocated. */
  private static void report() throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      System.gc();
      Thread.sleep(20);
      PooledByteBufAllocator.DEFAULT.directBuffer(16).release();
    }
  }
}
