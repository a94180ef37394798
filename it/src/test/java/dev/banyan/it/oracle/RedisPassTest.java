package dev.banyan.it.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.gateway.Gateway;
import dev.banyan.gateway.GatewayOptions;
import dev.banyan.it.process.FreePorts;
import dev.banyan.nginx.NginxConf;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A location of the redis2 module answers with the very octets that a real Redis replies. */
final class RedisPassTest {
  private static final String LOCATIONS =
      """
      upstream kept { server 127.0.0.1:REDIS; keepalive 1; }
      upstream second { server unix:/no/such/socket; server 127.0.0.1:REDIS; }
      upstream liar { server 127.0.0.1:LIAR; server 127.0.0.1:REDIS backup; }
      server { listen 127.0.0.1:PORT; default_type text/plain;
        location /set { redis2_query set $arg_k $arg_v; redis2_pass 127.0.0.1:REDIS; }
        location /get { redis2_query get $arg_k; redis2_pass kept; }
        location /many {
          redis2_query set a 1; redis2_query incr a; redis2_query mget a nothing ""; redis2_query nope;
          redis2_query get nothing; redis2_query lrange nothing 0 1; redis2_query get a;
          redis2_pass kept; }
        location /big { redis2_query setrange big 200000 x; redis2_query get big; redis2_pass kept; }
        location /raw { set_unescape_uri $q $args; redis2_raw_query $q; redis2_pass kept; }
        location /raws { redis2_raw_queries $arg_n "ping\\r\\nget a\\r\\nping\\r\\n"; redis2_pass kept; }
        location /literal { redis2_literal_raw_query '*1\\r\\n$4\\r\\nping\\r\\n'; redis2_pass kept; }
        location /none { redis2_pass kept; }
        location /named { redis2_query ping; redis2_pass $arg_to; }
        location /next { redis2_query ping; redis2_pass second; }
        location /invalid { redis2_query ping; redis2_pass liar; }
        location /invalid2 {
          redis2_query ping; redis2_pass liar; redis2_next_upstream invalid_response; }
        location /body { redis2_raw_query $echo_request_body; redis2_pass kept; }
        location /lua { content_by_lua_block {
          local res = ngx.location.capture("/body", {method = ngx.HTTP_PUT, body = "ping\\r\\n"})
          ngx.print(res.status, " [", res.body, "]") } }
        location /outer { redis2_raw_query "ping\\r\\n"; location /outer/in { redis2_pass kept; } }
        location /slow { redis2_read_timeout 50ms; redis2_query blpop nothing 5; redis2_pass kept; }
        location /if { redis2_query ping; if ($arg_x) { redis2_query echo $arg_x; redis2_pass kept; } }
        location /folder/ { redis2_query ping; redis2_pass kept; }
      }
      """;

  @TempDir Path folder = Path.of("");
  private RealService redis;
  private ServerSocket liar;
  private Gateway gateway;
  private int port;

  @BeforeEach
  void start() throws IOException {
    redis = RealService.redis(folder.resolve("redis"));
    liar = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::lie);
    port = FreePorts.next();
    String text =
        ("events {}\nhttp {\naccess_log off;\n" + LOCATIONS + "}\n")
            .replace("REDIS", "" + redis.port())
            .replace("LIAR", "" + liar.getLocalPort())
            .replace("PORT", "" + port);
    Path conf = Files.writeString(folder.resolve("nginx.conf"), text);
    gateway = Gateway.start(NginxConf.parse(text, conf, folder), GatewayOptions.defaults());
  }

  private void lie() {
    while (!liar.isClosed()) {
      try (Socket asked = liar.accept()) {
        asked.getOutputStream().write("PONG\r\n".getBytes(StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        return; // the test is over
      }
    }
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
    liar.close();
    redis.close();
  }

  private Answer ask(String target) throws IOException {
    return ask("GET", target);
  }

  private Answer ask(String method, String target) throws IOException {
    String request = method + " " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      byte[] octets = socket.getInputStream().readAllBytes();
      return Answer.parse(new String(octets, StandardCharsets.ISO_8859_1));
    }
  }

  private String body(String target) throws IOException {
    return ask(target).body();
  }

  @Test
  void repliesAreTheBody() throws IOException {
    assertThat(body("/set?k=one&v=1")).isEqualTo("+OK\r\n");
    assertThat(body("/get?k=one")).isEqualTo("$1\r\n1\r\n");
    assertThat(body("/get?k=none")).isEqualTo("$-1\r\n");
    assertThat(body("/many"))
        .startsWith("+OK\r\n:2\r\n*3\r\n$1\r\n2\r\n$-1\r\n$-1\r\n-ERR unknown command")
        .endsWith("\r\n$-1\r\n*0\r\n$1\r\n2\r\n");
    assertThat(body("/big")).hasSize(":200001\r\n$200001\r\n".length() + 200001 + 2);
    assertThat(ask("HEAD", "/get?k=one").body()).isEmpty();
  }

  @Test
  void rawCommandsAreSentAsTheyAre() throws IOException {
    assertThat(body("/raw?ping%0d%0a")).isEqualTo("+PONG\r\n");
    assertThat(body("/raws?n=3")).isEqualTo("+PONG\r\n$-1\r\n+PONG\r\n");
    assertThat(body("/raws?n=2")).isEqualTo("+PONG\r\n$-1\r\n");
    assertThat(body("/literal")).isEqualTo("+PONG\r\n");
    assertThat(body("/raw?ping%0d%0aping%0d%0a")).isEqualTo("+PONG\r\n");
    assertThat(body("/raw?ping%0d%0a")).as("nothing is left over").isEqualTo("+PONG\r\n");
    assertThat(body("/outer/in")).isEqualTo("+PONG\r\n");
    assertThat(body("/lua")).isEqualTo("200 [+PONG\r\n]");
  }

  @Test
  void whatCanNotBeAskedIsAnError() throws IOException {
    for (String target : new String[] {"/none", "/raw", "/raws", "/raws?n=x", "/raws?n=0"}) {
      assertThat(ask(target).status()).as(target).contains(" 500 ");
    }
    assertThat(ask("/named?to=other").status()).contains(" 500 ");
    assertThat(ask("/named").status()).contains(" 500 ");
    assertThat(body("/named?to=kept")).isEqualTo("+PONG\r\n");
  }

  @Test
  void otherServersAreAskedByNextUpstream() throws IOException {
    assertThat(body("/next")).isEqualTo("+PONG\r\n");
    assertThat(ask("/invalid").status()).contains(" 502 ");
    assertThat(body("/invalid2")).isEqualTo("+PONG\r\n");
    assertThat(ask("/slow").status()).contains(" 504 ");
  }

  @Test
  void locationsAreChosenAsForAProxy() throws IOException {
    assertThat(body("/if?x=1")).isEqualTo("$1\r\n1\r\n");
    assertThat(ask("/folder").status()).contains(" 301 ");
  }
}
