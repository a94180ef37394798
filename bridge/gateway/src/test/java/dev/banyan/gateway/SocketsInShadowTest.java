package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Decision;
import dev.banyan.api.Dns;
import dev.banyan.api.FailMode;
import dev.banyan.api.Handler;
import dev.banyan.api.Http;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Port;
import dev.banyan.api.Tcp;
import dev.banyan.api.Udp;
import dev.banyan.api.Writes;
import dev.banyan.gateway.seam.ShadowSample;
import dev.banyan.host.CallRules;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sockets of ports: real ones when they answer, the control's traffic when they are shadowed. */
final class SocketsInShadowTest {
  private static final Duration WAIT = Duration.ofSeconds(5);
  private static final String SERVER =
      "location / { access_by_lua_block { require('m').access() }"
          + " content_by_lua_block { ngx.print(ngx.ctx.got) } }";

  @TempDir Path prefix;

  private final AtomicInteger asked = new AtomicInteger();
  private ServerSocket stream;
  private DatagramSocket datagrams;

  @SuppressWarnings("NullAway.Init") // the peers are opened before each test
  SocketsInShadowTest() {}

  /** What a port does to get its text. */
  @FunctionalInterface
  interface Getting {
    String get(Tcp tcp, Udp udp, Http http, Dns dns) throws IOException;
  }

  /** Puts what it gets into the context. */
  @LuaModule("m")
  @Writes(ctx = "got")
  record Asking(Getting way) implements Port {
    @Handler("access")
    Decision access(Tcp tcp, Udp udp, Http http, Dns dns) throws IOException {
      return Decision.next().setCtx("got", way.get(tcp, udp, http, dns));
    }
  }

  @BeforeEach
  void serve() throws IOException {
    stream = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    datagrams = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::streams);
    Thread.ofPlatform().daemon().start(this::answerDatagrams);
  }

  @AfterEach
  void close() throws IOException {
    stream.close();
    datagrams.close();
  }

  /** Answers a line with itself in capitals, or an HTTP request with a short body. */
  private void streams() {
    while (true) {
      try (Socket socket = stream.accept()) {
        asked.incrementAndGet();
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
          line.append((char) c);
        }
        boolean http = line.toString().contains(" HTTP/1.");
        String answer =
            http
                ? "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody"
                : line.toString().toUpperCase(Locale.ROOT) + "\n";
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        socket.shutdownOutput();
        in.readAllBytes();
      } catch (IOException e) {
        return; // the test is over
      }
    }
  }

  private void answerDatagrams() {
    byte[] room = new byte[100];
    while (true) {
      try {
        DatagramPacket packet = new DatagramPacket(room, room.length);
        datagrams.receive(packet);
        asked.incrementAndGet();
        byte[] answer =
            ("re " + new String(room, 0, packet.getLength(), StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
        datagrams.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException e) {
        return; // the test is over
      }
    }
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private Getting overTcp(String line) {
    return (tcp, _, _, _) -> {
      try (Tcp.Connection one = tcp.connect("127.0.0.1", stream.getLocalPort(), WAIT)) {
        one.send(octets(line + "\n"));
        StringBuilder all = new StringBuilder();
        for (byte[] piece = one.receive(3); piece.length > 0; piece = one.receive(3)) {
          all.append(new String(piece, StandardCharsets.ISO_8859_1));
        }
        return all.toString().strip();
      }
    };
  }

  private Getting overUdp(String text) {
    return (_, udp, _, _) ->
        new String(
            udp.ask("127.0.0.1", datagrams.getLocalPort(), octets(text), WAIT),
            StandardCharsets.ISO_8859_1);
  }

  private Getting overHttp() {
    return (_, _, http, _) ->
        new String(
            http.get("127.0.0.1", stream.getLocalPort(), "/x").body(), StandardCharsets.ISO_8859_1);
  }

  private String luaTcp() {
    return "local s = ngx.socket.tcp() s:connect('127.0.0.1', "
        + stream.getLocalPort()
        + ") s:send({'he', 'llo', '\\n'}) ngx.ctx.got = s:receive('*l') s:close()";
  }

  private String luaUdp() {
    return "local s = ngx.socket.udp() s:setpeername('127.0.0.1', "
        + datagrams.getLocalPort()
        + ") s:send('ping') ngx.ctx.got = s:receive() s:close()";
  }

  private String luaHttp() {
    return "local s = ngx.socket.tcp() s:connect('127.0.0.1', "
        + stream.getLocalPort()
        + ") s:send('GET /x HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n') local line repeat line ="
        + " s:receive('*l') until line == '' ngx.ctx.got = s:receive(4) s:setkeepalive()";
  }

  private static String module(String access) {
    return "return {access = function() " + access + " end}";
  }

  private String live(Getting way) {
    String lua = module("ngx.ctx.got = 'lua'");
    CallRules patient = Seamed.rules(FailMode.LUA, Duration.ofSeconds(30));
    try (Seamed seamed = Seamed.java(prefix, new Asking(way), patient, lua, "", SERVER)) {
      return seamed.get("/");
    }
  }

  private ShadowSample.Candidate shadowed(String lua, Getting way) throws InterruptedException {
    try (Seamed seamed = Seamed.shadow(prefix, new Asking(way), module(lua), "", SERVER)) {
      seamed.get("/");
      ShadowSample sample = seamed.samples(1).getFirst();
      ShadowSample.Candidate ran = sample.candidate().get();
      if (Objects.requireNonNull(ran.observed()).state().get("world") == null) {
        assertThat(ran.observed()).isEqualTo(sample.control());
      }
      assertThat(asked).as("the peer saw the control alone").hasValue(1);
      return ran;
    }
  }

  private Object world(String lua, Getting way) throws InterruptedException {
    Object complaint = Objects.requireNonNull(shadowed(lua, way).observed()).state().get("world");
    return complaint == null ? "none" : complaint;
  }

  @Test
  void aPortThatAnswersHasRealSockets() {
    assertThat(live(overTcp("hello"))).isEqualTo("HELLO");
    assertThat(live(overUdp("ping"))).isEqualTo("re ping");
    assertThat(live(overHttp())).isEqualTo("body");
    assertThat(live((_, _, _, dns) -> dns.addresses("127.0.0.7").toString()))
        .isEqualTo("[127.0.0.7]");
  }

  @Test
  void whatCannotBeReachedIsAnException() {
    assertThat(live((tcp, _, _, _) -> tcp.connect("127.0.0.1", 1, WAIT).toString()))
        .as("Lua answers when the port throws")
        .isEqualTo("lua");
    assertThat(live((_, _, _, dns) -> dns.addresses("nobody.example").toString())).isEqualTo("lua");
  }

  @Test
  void aPortThatKeepsItsSocketsCannotUseThemInALaterCall() {
    AtomicReference<Dns> kept = new AtomicReference<>();
    Getting keeping =
        (_, _, _, dns) -> {
          Dns earlier = kept.getAndSet(dns);
          return (earlier == null ? dns : earlier).addresses("127.0.0.7").toString();
        };
    String lua = module("ngx.ctx.got = 'lua'");
    CallRules patient = Seamed.rules(FailMode.LUA, Duration.ofSeconds(30));
    try (Seamed seamed = Seamed.java(prefix, new Asking(keeping), patient, lua, "", SERVER)) {
      assertThat(seamed.get("/")).isEqualTo("[127.0.0.7]");
      assertThat(seamed.get("/")).isEqualTo("lua");
    }
  }

  @Test
  void aShadowedPortGetsWhatTheControlsSocketsGot() throws InterruptedException {
    assertThat(world(luaTcp(), overTcp("hello"))).isEqualTo("none");
    asked.set(0);
    assertThat(world(luaUdp(), overUdp("ping"))).isEqualTo("none");
    asked.set(0);
    assertThat(world(luaHttp(), overHttp())).isEqualTo("none");
  }

  @Test
  void sendingSomethingElseIsAVerdict() throws InterruptedException {
    assertThat(world(luaTcp(), overTcp("other")))
        .isEqualTo("sent 127.0.0.1:" + stream.getLocalPort() + " something else than the control");
    asked.set(0);
    assertThat(world(luaUdp(), overUdp("pong")))
        .isEqualTo(
            "sent 127.0.0.1:" + datagrams.getLocalPort() + " another datagram than the control");
  }

  @Test
  void connectingElsewhereIsAVerdictAndNotAConnection() throws InterruptedException {
    assertThat(world(luaTcp(), (tcp, _, _, _) -> tcp.connect("127.0.0.1", 1, WAIT).toString()))
        .isEqualTo("connected to 127.0.0.1:1, which the control did not");
    asked.set(0);
    assertThat(world(luaTcp(), (_, _, _, dns) -> dns.addresses("a.example").toString()))
        .isEqualTo("resolved a.example, which the control did not");
  }
}
