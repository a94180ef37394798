package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ngx.upstream} on a gateway whose origins are its own servers. */
final class UpstreamModuleTest {
  /** Says what Lua answers, tables with their keys in order. */
  private static final String SHOW =
      """
      init_by_lua_block {
        up = require "ngx.upstream"
        begun = #up.get_upstreams()
        early = select(2, pcall(up.current_upstream_name))
        function show(v)
          if type(v) ~= "table" then return tostring(v) end
          local keys, out = {}, {}
          for k in pairs(v) do keys[#keys + 1] = k end
          table.sort(keys)
          for _, k in ipairs(keys) do out[#out + 1] = k .. "=" .. show(v[k]) end
          return "{" .. table.concat(out, ",") .. "}"
        end
        function all(...)
          local out = {}
          for i = 1, select("#", ...) do out[i] = show((select(i, ...))) end
          return table.concat(out, " ")
        end
      }
      init_worker_by_lua_block { early = early .. " " .. tostring(up.current_upstream_name()) }
      """;

  @TempDir static Path prefix;

  private static Served served;
  private static int one;
  private static int two;
  private static int nobody;

  @BeforeAll
  static void serve() {
    one = Served.freePort();
    two = Served.freePort();
    nobody = Served.freePort();
    String origin =
        """
        server { listen 127.0.0.1:%d; location / { return 200 %d; } }
        """;
    String http =
        SHOW
            + "lua_shared_dict d 1m; "
            + origin.formatted(one, 1)
            + origin.formatted(two, 2)
            + """
            upstream turns { server 127.0.0.1:%1$d weight=3 max_fails=7 fail_timeout=2m; server 127.0.0.1:%2$d down; }
            upstream spare { server 127.0.0.1:%1$d; server 127.0.0.1:%2$d backup; }
            upstream round { server 127.0.0.1:%1$d; server 127.0.0.1:%2$d; }
            upstream least { least_conn; server 127.0.0.1:%1$d; server 127.0.0.1:%2$d; }
            upstream client { ip_hash; server 127.0.0.1:%1$d; server 127.0.0.1:%2$d; }
            upstream key { hash $arg_k; server 127.0.0.1:%1$d; server 127.0.0.1:%2$d; }
            upstream ring { hash $arg_k consistent; server 127.0.0.1:%1$d; server 127.0.0.1:%2$d; }
            upstream chance { random two; server 127.0.0.1:%1$d; server 127.0.0.1:%2$d; }
            upstream alone { server 127.0.0.1:%1$d; }
            upstream held { server 127.0.0.1:%1$d; server 127.0.0.1:%3$d; }
            upstream failing { server 127.0.0.1:%3$d weight=4 max_fails=2; server 127.0.0.1:%1$d backup; }
            """
                .formatted(one, two, nobody);
    served =
        Served.server(
            prefix,
            http,
            """
            location /eval { content_by_lua_block {
              local run = loadstring(ngx.unescape_uri(ngx.var.args), "=eval")
              ngx.print(all(select(2, pcall(run))))
            } }
            location ~ ^/to/(\\w+) { proxy_pass http://$1; log_by_lua_block {
              ngx.shared.d:set("computed", select(2, pcall(up.current_upstream_name))) } }
            location /named { access_by_lua_block { ngx.ctx.before = up.current_upstream_name() }
              proxy_pass http://round; log_by_lua_block {
              ngx.shared.d:set("named", all(ngx.ctx.before, up.current_upstream_name())) } }
            location /held { proxy_pass http://held; header_filter_by_lua_block {
              ngx.header.conns = up.get_primary_peers("held")[1].conns } }
            location /bare { proxy_pass http://127.0.0.1:%1$d/; header_filter_by_lua_block {
              ngx.header.x = up.current_upstream_name() } }
            location /six { proxy_pass http://[::1]:%1$d/; }
            location /file { proxy_pass http://unix:/tmp/nobody.sock:/; }
            location /host { proxy_pass http://localhost:%2$d/; }
            location /again { proxy_pass http://127.0.0.1:%1$d/other; }
            location /memory { memcached_pass 127.0.0.1:%2$d; set $memcached_key k; }
            """
                .formatted(one, nobody));
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  private static String lua(String code) {
    String coded = HexFormat.of().withPrefix("%").formatHex(Octets.bytes(code));
    String body = Served.body(served.get("/eval?" + coded));
    return body.contains("\r\n") ? body.split("\r\n", -1)[1] : body;
  }

  @Test
  void groupsAreNamedInTheOrderOfTheFileWithThosePassedToWithoutAnUpstream() {
    assertThat(lua("return table.concat(up.get_upstreams(), ' ')"))
        .isEqualTo(
            ("turns spare round least client key ring chance alone held failing 127.0.0.1:%1$d"
                    + " [::1]:%1$d /tmp/nobody.sock localhost:%2$d 127.0.0.1:%2$d")
                .formatted(one, nobody));
    assertThat(lua("return begun, early")).isEqualTo("16 no request object found nil");
  }

  @Test
  void serversAreToldAsWritten() {
    assertThat(lua("return up.get_servers('turns')"))
        .isEqualTo(
            ("{1={addr=127.0.0.1:%1$d,fail_timeout=120,max_fails=7,name=127.0.0.1:%1$d,weight=3},"
                    + "2={addr=127.0.0.1:%2$d,down=true,fail_timeout=10,max_fails=1,name=127.0.0.1:%2$d,weight=1}}")
                .formatted(one, two));
    assertThat(lua("return up.get_servers('spare')[2].backup, up.get_servers('spare')[1].backup"))
        .isEqualTo("true nil");
  }

  @Test
  void anAddressWithoutAnUpstreamHasAServerWithoutWeight() {
    assertThat(lua("return up.get_servers('127.0.0.1:" + one + "')"))
        .isEqualTo("{1={addr=127.0.0.1:" + one + ",fail_timeout=0,max_fails=0,weight=0}}");
    assertThat(lua("return up.get_servers('/tmp/nobody.sock')[1].addr"))
        .isEqualTo("unix:/tmp/nobody.sock");
  }

  @Test
  void aNameWithoutAnUpstreamHasPeersAndNoServers() {
    assertThat(
            lua(
                "local n = 'localhost:%d' local p = up.get_primary_peers(n)[1] return up.get_servers(n), p.weight, p.max_fails, p.fail_timeout"
                    .formatted(nobody)))
        .isEqualTo("{} 1 1 10");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "get_upstreams(1)|eval:1: no argument expected",
        "get_servers()|eval:1: exactly one argument expected",
        "get_servers('a', 'b')|eval:1: exactly one argument expected",
        "get_servers({})|eval:1: bad argument #1 to 'get_servers' (string expected, got table)",
        "get_primary_peers()|eval:1: exactly one argument expected",
        "get_backup_peers(nil, 1)|eval:1: exactly one argument expected",
        "set_peer_down('turns', false, 0)|eval:1: exactly 4 arguments expected",
        "set_peer_down('turns', false, 'x', true)|eval:1: bad argument #3 to 'set_peer_down' (number expected, got string)",
      })
  void argumentsAreChecked(String call, String error) {
    assertThat(lua("up." + call + " return 1")).isEqualTo(error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "get_servers('nope')|upstream not found",
        "get_servers('nope:80')|upstream not found",
        "get_servers('turns:80')|upstream not found",
        "get_servers('127.0.0.1:x')|upstream not found",
        "get_servers('127.0.0.1:70000')|upstream not found",
        "get_servers('[::1]:80')|upstream not found",
        "get_primary_peers('nope')|upstream not found",
        "get_backup_peers(12)|upstream not found",
        "set_peer_down('nope', false, 0, true)|upstream not found",
        "set_peer_down('turns', true, 0, true)|no backup peers",
        "set_peer_down('turns', false, 2, true)|bad peer id",
        "set_peer_down('spare', true, 1, true)|bad peer id",
        "set_peer_down('turns', false, -1, true)|bad peer id",
      })
  void whatIsNotThereIsToldInTheModulesWords(String call, String error) {
    assertThat(lua("return up." + call)).isEqualTo("nil " + error);
  }

  @ParameterizedTest
  @ValueSource(strings = {"round", "least", "client", "key", "ring", "chance", "spare"})
  void aPeerThatIsSetDownIsNotChosenUntilItIsSetUp(String upstream) {
    assertThat(lua("return up.set_peer_down('" + upstream + "', false, 0, true)"))
        .isEqualTo("true");
    for (int i = 0; i < 12; i++) {
      assertThat(Served.body(served.get("/to/" + upstream + "?k=" + i))).isEqualTo("2");
    }
    assertThat(lua("return up.get_primary_peers('" + upstream + "')[1].down")).isEqualTo("true");
    lua("return up.set_peer_down('" + upstream + "', false, 0, false)");
    StringBuilder chosen = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      chosen.append(Served.body(served.get("/to/" + upstream + "?k=" + i)));
    }
    assertThat(chosen.toString()).contains(upstream.equals("client") ? "" : "1");
    assertThat(lua("return up.get_primary_peers('" + upstream + "')[1].down")).isEqualTo("nil");
  }

  @Test
  void theOnlyPeerThatIsSetDownLeavesNone() {
    lua("return up.set_peer_down('alone', false, 0, 1)");
    assertThat(served.get("/to/alone")).startsWith("HTTP/1.1 502 ");
    assertThat(served.awaitLog("error.log", "http://alone"))
        .contains("no live upstreams while connecting to upstream");
    lua("return up.set_peer_down('alone', false, 0, nil)");
    assertThat(served.get("/to/alone")).startsWith("HTTP/1.1 200 ");
    assertThat(lua("return up.get_primary_peers('alone')"))
        .isEqualTo(
            ("{1={conns=0,current_weight=0,effective_weight=1,fail_timeout=10,fails=0,id=0,"
                    + "max_fails=1,name=127.0.0.1:%d,weight=1}}")
                .formatted(one));
  }

  @Test
  void aServerThatIsConfiguredDownCanBeSetUp() {
    assertThat(lua("return up.get_primary_peers('turns')[2].down")).isEqualTo("true");
    lua("return up.set_peer_down('turns', false, 1, false)");
    StringBuilder chosen = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      chosen.append(Served.body(served.get("/to/turns")));
    }
    lua("return up.set_peer_down('turns', false, 1, true)");
    assertThat(chosen).hasToString("1121");
    assertThat(lua("return up.get_servers('turns')[2].down")).isEqualTo("true");
  }

  @Test
  void failuresAreToldAndForgottenWhenAPeerIsSetUp() {
    assertThat(Served.body(served.get("/to/failing"))).isEqualTo("1");
    assertThat(
            lua(
                "local p = up.get_primary_peers('failing')[1] local now = ngx.time() return p.fails, p.weight, p.effective_weight, now - p.accessed < 9, now - p.checked < 9, p.conns"))
        .isEqualTo("1 4 2 true true 0");
    assertThat(lua("return #up.get_backup_peers('failing'), up.get_backup_peers('turns')"))
        .isEqualTo("1 {}");
    lua("return up.set_peer_down('failing', false, 0, false)");
    assertThat(lua("return up.get_primary_peers('failing')[1].fails")).isEqualTo("0");
  }

  @Test
  void aConnectionCountsUntilTheWholeBodyIsThere() {
    assertThat(served.get("/held")).contains("conns: 1\r\n");
    assertThat(lua("return up.get_primary_peers('held')[1].conns")).isEqualTo("0");
  }

  @Test
  void theCurrentGroupIsThatWhichTheConfigurationNames() {
    served.get("/named");
    assertThat(lua("return ngx.shared.d:get('named')")).isEqualTo("nil round");
    assertThat(served.get("/bare")).contains("x: 127.0.0.1:" + one);
    served.get("/to/round");
    assertThat(lua("return ngx.shared.d:get('computed')")).isEqualTo("no srv conf for upstream");
    assertThat(lua("return up.current_upstream_name()")).isEqualTo("nil");
  }

  @Test
  void aReloadForgetsWhatWasSetDown(@TempDir Path other) {
    String http = SHOW + "upstream round { server 127.0.0.1:1; server 127.0.0.1:2; }";
    String server =
        """
        location /down { content_by_lua_block { up.set_peer_down("round", false, 1, true) } }
        location /told { add_header X-Down $down; set_by_lua_block $down {
          return tostring(up.get_primary_peers("round")[2].down) } return 204; }
        """;
    try (Served reloaded = Served.server(other, http, server)) {
      reloaded.get("/down");
      assertThat(reloaded.get("/told")).contains("X-Down: true");
      reloaded.gateway().reload(Served.conf(other, reloaded.port(), http, server));
      assertThat(reloaded.get("/told")).contains("X-Down: nil");
    }
  }
}
