package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Body;
import dev.banyan.api.Decision;
import dev.banyan.api.FailMode;
import dev.banyan.api.Handler;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Port;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A port fails after it has asked for the request's body: Lua answers the same call and finds the
 * body whole, the origin gets it whole and once. The body that the request keeps anyway, in memory
 * or in its temporary file, is what can be read again; there is no second buffer. One that nobody
 * has read goes by unbuffered as it would without the port.
 */
final class BodyFallbackTest {
  private static final String READS =
      """
      return {access = function()
        ngx.req.read_body()
        local data, file = ngx.req.get_body_data(), ngx.req.get_body_file()
        if file then
          local f = io.open(file, 'rb')
          data = f:read('*a')
          f:close()
        end
        ngx.req.set_header('X-Lua', (file and 'file ' or 'memory ') .. ngx.md5(data))
      end}
      """;
  private static final String READS_NOTHING =
      "return {access = function() ngx.req.set_header('X-Lua', 'unread') end}";
  private static final String SERVER =
      """
      client_body_buffer_size 2k; client_max_body_size 1m;
      location / {
        access_by_lua_block { require('m').access() }
        proxy_http_version 1.1; proxy_request_buffering off; proxy_pass http://127.0.0.1:PORT/origin; }
      location /origin {
        client_body_buffer_size 1m;
        content_by_lua_block {
          ngx.req.read_body()
          local body = ngx.req.get_body_data() or ''
          ngx.print(ngx.var.http_x_lua, '; origin ', #body, ' ', ngx.md5(body), ', asked ',
            ngx.shared.d:incr('asked', 1, 0)) } }
      """;

  @TempDir Path prefix;

  /** Reads the body and throws. */
  @LuaModule("m")
  record Reading(List<String> seen) implements Port {
    /** The body, when it is short enough. */
    record Input(@Body(max = 4096) byte @Nullable [] body) {}

    @Handler("access")
    Decision access(Input in) {
      byte[] body = in.body();
      seen.add(body == null ? "none" : String.valueOf(body.length));
      throw new IllegalStateException("after the body");
    }
  }

  private String post(String lua, List<String> seen, String head, String body) {
    try (Seamed seamed =
        Seamed.java(
            prefix,
            new Reading(seen),
            Seamed.rules(FailMode.LUA, Duration.ofSeconds(30)),
            lua,
            "lua_shared_dict d 1m;",
            SERVER)) {
      String answer =
          seamed
              .served()
              .send(
                  "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                      + head
                      + "\r\n\r\n"
                      + body);
      assertThat(seamed.told)
          .as("the fallback is counted, once")
          .containsExactly("fell back: threw IllegalStateException", "LUA answered access");
      return answer;
    }
  }

  private static String text(int length) {
    return "0123456789".repeat(length / 10);
  }

  private static String length(String body) {
    return "Content-Length: " + body.length();
  }

  private static String chunked(String body) {
    int half = body.length() / 2;
    return piece(body.substring(0, half)) + piece(body.substring(half)) + "0\r\n\r\n";
  }

  private static String piece(String text) {
    return Integer.toHexString(text.length()).toLowerCase(Locale.ROOT) + "\r\n" + text + "\r\n";
  }

  @Test
  void aBodyInMemoryIsReadAgain() {
    List<String> seen = new CopyOnWriteArrayList<>();
    String body = text(1_000);
    assertThat(post(READS, seen, length(body), body))
        .contains("memory MD5; origin 1000 MD5, asked 1".replace("MD5", md5(body)));
    assertThat(seen).containsExactly("1000");
  }

  @Test
  void aBodyInItsFileIsReadAgain() {
    List<String> seen = new CopyOnWriteArrayList<>();
    String body = text(4_000);
    assertThat(post(READS, seen, length(body), body))
        .contains("file MD5; origin 4000 MD5, asked 1".replace("MD5", md5(body)));
    assertThat(seen).as("as get_body_data has it in Lua").containsExactly("none");
  }

  @Test
  void aBodyAboveThePortsLimitIsNotReadForItAndGoesByOnce() {
    List<String> seen = new CopyOnWriteArrayList<>();
    String body = text(200_000);
    assertThat(post(READS_NOTHING, seen, length(body), body))
        .contains("unread; origin 200000 MD5, asked 1".replace("MD5", md5(body)));
    assertThat(seen).containsExactly("none");
  }

  @Test
  void aBodyAboveThePortsLimitIsThereForLua() {
    List<String> seen = new CopyOnWriteArrayList<>();
    String body = text(200_000);
    assertThat(post(READS, seen, length(body), body))
        .contains("file MD5; origin 200000 MD5, asked 1".replace("MD5", md5(body)));
    assertThat(seen).containsExactly("none");
  }

  @Test
  void aStreamedBodyOfUnknownLengthIsNotReadForThePortAndGoesByOnce() {
    List<String> seen = new CopyOnWriteArrayList<>();
    String body = text(200_000);
    assertThat(post(READS_NOTHING, seen, "Transfer-Encoding: chunked", chunked(body)))
        .contains("unread; origin 200000 MD5, asked 1".replace("MD5", md5(body)));
    assertThat(seen).containsExactly("none");
  }

  @Test
  void aStreamedBodyOfUnknownLengthIsThereForLua() {
    List<String> seen = new CopyOnWriteArrayList<>();
    String body = text(1_000);
    assertThat(post(READS, seen, "Transfer-Encoding: chunked", chunked(body)))
        .contains("memory MD5; origin 1000 MD5, asked 1".replace("MD5", md5(body)));
    assertThat(seen).containsExactly("none");
  }

  private static String md5(String body) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(body.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
