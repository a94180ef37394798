package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code auth_request} beside other checks, as a real nginx answered. */
final class AuthRequestTest {
  @TempDir static Path prefix;

  private static Served served;

  @BeforeAll
  static void serve() {
    int origin = Served.freePort();
    String http =
        """
        server { listen 127.0.0.1:%1$d; location / { content_by_lua_block {
          ngx.status = tonumber(ngx.var.arg_s)
          if ngx.status == 401 then ngx.header["WWW-Authenticate"] = "Bearer" end
          ngx.say("no") } } }
        """
            .formatted(origin);
    String locations =
        """
        location = /401 { internal; proxy_pass http://127.0.0.1:%1$d/?s=401; }
        location = /418 { internal; proxy_pass http://127.0.0.1:%1$d/?s=418; }
        location /any { satisfy any; auth_basic "x"; auth_basic_user_file none; auth_request /401;
          content_by_lua_block { ngx.say("in") } }
        location /odd { auth_request /418; content_by_lua_block { ngx.say("in") } }
        """
            .formatted(origin);
    served = Served.server(prefix, http, locations);
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @Test
  void theChallengesOfTwoChecksAreBothSent() {
    assertThat(served.get("/any"))
        .startsWith("HTTP/1.1 401 Unauthorized")
        .contains("WWW-Authenticate: Basic realm=\"x\"\r\nWWW-Authenticate: Bearer\r\n");
  }

  @Test
  void anOddStatusOfAnUpstreamIsLoggedWithWhatTheConnectionWasDoing() {
    assertThat(served.get("/odd")).startsWith("HTTP/1.1 500 ");
    assertThat(served.awaitLog("error.log", "unexpected status"))
        .contains("auth request unexpected status: 418 while sending to client, client: ");
  }
}
