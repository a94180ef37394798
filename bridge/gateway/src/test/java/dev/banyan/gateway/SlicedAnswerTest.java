package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that are put together from slices, each of which an origin is asked for once. */
final class SlicedAnswerTest {
  private static final String ORIGIN =
      """
      location = /asked { content_by_lua_block { ngx.print(ngx.shared.asked:get("list") or "") } }
      location /origin/ { content_by_lua_block {
        local asked = ngx.shared.asked
        local range = ngx.var.http_range
        asked:set("list", (asked:get("list") or "") .. "[" .. tostring(range) .. "]")
        local body = "0123456789abcdefghijABCDEFGHIJkl"
        local from, to = range:match("bytes=(%d+)-(%d+)")
        to = math.min(to, #body - 1)
        ngx.status = 206
        ngx.header.etag = '"x"'
        ngx.header.content_range = "bytes " .. from .. "-" .. to .. "/" .. #body
        ngx.print(body:sub(from + 1, to + 1))
        if ngx.var.uri == "/origin/long" then ngx.print("more") end
      } }
      """;

  @TempDir Path prefix;

  private Served served;

  @BeforeEach
  void start() {
    String http =
        "lua_shared_dict asked 1m; proxy_cache_path kept keys_zone=kept:1m;"
            + " charset_map other utf-8 { 6C C3A9; }";
    String sliced =
        " slice 10; proxy_cache kept; proxy_cache_key $uri$slice_range; proxy_cache_valid 206 1h;"
            + " proxy_set_header Range $slice_range; proxy_pass http://127.0.0.1:PORT/origin/; ";
    served =
        Served.server(
            prefix,
            http,
            """
            ORIGIN
            location /a/ { SLICED }
            location /lua/ { SLICED body_filter_by_lua_block {
              if ngx.arg[1] ~= '' then ngx.arg[1] = ngx.arg[1]:upper() end } }
            location /sub/ { SLICED sub_filter_once off; sub_filter_types *; sub_filter b B; }
            location /longer/ { SLICED
              sub_filter_once off; sub_filter_types *; sub_filter kl 'a longer end'; sub_filter 1 ''; }
            location /utf8/ { SLICED charset utf-8; source_charset other; charset_types *; }
            """
                .replace("ORIGIN", ORIGIN)
                .replace("SLICED", sliced));
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private String asked() {
    return Served.body(served.get("/asked")).replaceAll("(?s)^[0-9a-f]+\r\n|\r\n0\r\n\r\n$", "");
  }

  @Test
  void aSliceThatIsKeptIsNotAskedForAgain() {
    assertThat(served.get("/a/x", "Range: bytes=12-13\r\n"))
        .contains(" 206 ", "Content-Range: bytes 12-13/32")
        .endsWith("\r\n\r\ncd");
    assertThat(served.get("/a/x"))
        .contains(" 200 ", "Content-Length: 32")
        .endsWith("\r\n\r\n0123456789abcdefghijABCDEFGHIJkl");
    assertThat(served.get("/a/x", "Range: bytes=8-21\r\n")).endsWith("\r\n\r\n89abcdefghijAB");
    assertThat(asked()).isEqualTo("[bytes=10-19][bytes=0-9][bytes=20-29][bytes=30-39]");
  }

  @Test
  void theFiltersOfALocationChangeEachSliceOnce() {
    assertThat(served.get("/lua/x")).endsWith("\r\n\r\n0123456789ABCDEFGHIJABCDEFGHIJKL");
    assertThat(served.get("/sub/x")).contains("aBcdefghij").doesNotContain("abc");
  }

  @Test
  void aSliceThatBecomesLongerOrShorterIsWholeAllTheSame() {
    assertThat(served.get("/longer/x")).contains("02345678", "\r\na longer end\r\n0\r\n");
    assertThat(served.get("/utf8/x")).contains("k\u00c3\u00a9\r\n0\r\n");
  }

  @Test
  void anOriginThatSendsMoreThanASliceAddsNothing() {
    assertThat(served.get("/a/long"))
        .contains("Content-Length: 32")
        .endsWith("\r\n\r\n0123456789abcdefghijABCDEFGHIJkl");
    assertThat(served.get("/a/long", "Range: bytes=8-21\r\n")).endsWith("\r\n\r\n89abcdefghijAB");
  }
}
