package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What later versions of OpenResty have than the nginx that others are compared with: by their
 * documentation.
 */
final class KeptPeersTest {
  @TempDir Path prefix;

  private Served balanced(int origin, String choice) {
    String http =
        """
        server { listen 127.0.0.1:%1$d; location / { content_by_lua_block {
          ngx.print(ngx.var.connection_requests, ngx.var.remote_addr:match("%%.%%d+$"), " ") } } }
        upstream chosen { server 127.0.0.1:1; balancer_by_lua_block {
          local b = require "ngx.balancer"
          assert(b.set_current_peer("127.0.0.1", %1$d)) %2$s } }
        """
            .formatted(origin, choice);
    String asking =
        """
        location = /all { content_by_lua_block {
          local text = ""
          for i = 1, 5 do text = text .. ngx.location.capture("/one").body end
          ngx.header.content_length = #text ngx.print(text) } }
        location = /one { proxy_pass http://chosen; proxy_http_version 1.1;
          proxy_set_header Connection ""; }
        """;
    return Served.server(prefix, http, asking);
  }

  @Test
  void aBalancersConnectionsAreClosedAfterEachRequestUntilItKeepsThem() throws IOException {
    try (Served served = balanced(Served.freePort(), "")) {
      assertThat(Served.body(served.get("/all"))).isEqualTo("1.1 1.1 1.1 1.1 1.1 ");
    }
  }

  @Test
  void aKeptConnectionCarriesAsManyRequestsAsItMay() throws IOException {
    try (Served served = balanced(Served.freePort(), "assert(b.enable_keepalive(5, 2))")) {
      assertThat(Served.body(served.get("/all"))).isEqualTo("1.1 2.1 1.1 2.1 1.1 ");
    }
  }

  @Test
  void aConnectionComesFromTheAddressThatABalancerBindsItTo() throws IOException {
    String choice =
        "assert(b.bind_to_local_addr('127.0.0.9')) assert(b.enable_keepalive(0, 0))"
            + " local ok, err = b.bind_to_local_addr('nowhere') assert(not ok and err)";
    try (Served served = balanced(Served.freePort(), choice)) {
      assertThat(Served.body(served.get("/all"))).isEqualTo("1.9 2.9 3.9 4.9 5.9 ");
    }
  }

  @Test
  void aBalancerNamesTheServerOfAHandshakeOrGoesWithoutOne() throws IOException {
    Certificates.in(prefix).signed("one.test");
    int plain = Served.freePort();
    int secure = Served.freePort();
    String http =
        """
        server { listen 127.0.0.1:%1$d; location / { return 200 plain; } }
        server { listen 127.0.0.1:%2$d ssl; ssl_certificate one.test.crt;
          ssl_certificate_key one.test.key; location / { return 200 "to $ssl_server_name"; } }
        upstream chosen { server 127.0.0.1:1; balancer_by_lua_block {
          local b, name = require "ngx.balancer", ngx.var.arg_name
          assert(b.set_current_peer("127.0.0.1", name == "none" and %1$d or %2$d, name))
          assert(b.set_upstream_tls(name ~= "none")) } }
        """
            .formatted(plain, secure);
    String asking = "location / { proxy_pass https://chosen; proxy_ssl_server_name on; }";
    try (Served served = Served.server(prefix, http, asking)) {
      assertThat(Served.body(served.get("/"))).isEqualTo("to chosen");
      assertThat(Served.body(served.get("/?name=other.test"))).isEqualTo("to other.test");
      assertThat(Served.body(served.get("/?name=none"))).isEqualTo("plain");
    }
  }

  @Test
  void linesOfTheErrorLogAreKeptForLua() throws IOException {
    String reading =
        """
        location = /lines { content_by_lua_block {
          local log = require "ngx.errlog"
          log.get_logs(1000)
          local told = {}
          local function tell(...) for i = 1, select("#", ...) do told[#told + 1] = tostring((select(i, ...))) end end
          ngx.log(ngx.WARN, "one") ngx.log(ngx.ERR, "two")
          local first, rest = log.get_logs(1), log.get_logs(9, {})
          tell(first[1], first[3]:match("(%l+), client"), rest[1], rest[3]:match("(%l+), client"), #rest)
          tell(math.abs(first[2] - ngx.now()) < 5, #log.get_logs())
          tell(log.set_filter_level(ngx.ERR), select(2, log.set_filter_level(9)))
          ngx.log(ngx.WARN, "three") ngx.log(ngx.ERR, "four") tell(#log.get_logs())
          for i = 1, 100 do ngx.log(ngx.ERR, "line ", i) end
          local kept = log.get_logs(100)
          tell(#kept < 60, kept[#kept]:match("line %d+"))
          local text = table.concat(told, " ")
          ngx.header.content_length = #text ngx.print(text) } }
        """;
    try (Served served =
        Served.server(
            prefix, "error_log logs/error.log warn; lua_capture_error_log 2k;", reading)) {
      assertThat(Served.body(served.get("/lines")))
          .isEqualTo("5 one 4 two 3 true 0 true bad log level 3 true line 100");
    }
  }
}
