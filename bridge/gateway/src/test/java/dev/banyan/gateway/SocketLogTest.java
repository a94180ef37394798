package dev.banyan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines that failing cosockets leave in the error log, in nginx's words. */
final class SocketLogTest {
  @TempDir Path prefix;

  private Served server(String lua) {
    return Served.server(prefix, "", "location / { content_by_lua_block {\n" + lua + "\n} }");
  }

  @Test
  void aRefusedConnectionIsLogged() {
    int nobody = Served.freePort();
    try (Served served =
        server(
            "ngx.say(ngx.socket.tcp():connect('127.0.0.1', " + nobody + ")) ngx.log(5, 'end')")) {
      assertThat(served.get("/")).contains("nilconnection refused");
      assertThat(served.awaitLog("error.log", "end"))
          .contains("[error]")
          .contains("connect() failed (111: Connection refused), client: 127.0.0.1");
    }
  }

  @Test
  void aMissingSocketFileIsCritical() {
    try (Served served =
        server("ngx.say(ngx.socket.tcp():connect('unix:/no/such')) ngx.log(5, 'end')")) {
      assertThat(served.get("/")).contains("nilno such file or directory");
      assertThat(served.awaitLog("error.log", "end"))
          .contains("[crit]")
          .contains("connect() to unix:/no/such failed (2: No such file or directory), client");
    }
  }

  @Test
  void aDatagramThatNobodyTakesIsLogged() {
    int nobody = Served.freePort();
    try (Served served =
        server(
            "local u = ngx.socket.udp() u:setpeername('127.0.0.1', "
                + nobody
                + ") u:settimeout(2000) u:send('x') ngx.say(u:receive()) ngx.log(5, 'end')")) {
      assertThat(served.get("/")).contains("nilconnection refused");
      assertThat(served.awaitLog("error.log", "end"))
          .contains("recv() failed (111: Connection refused), client: 127.0.0.1");
    }
  }

  @Test
  void aVariableThatACaptureCanNotSetIsToldWithTheCaller() {
    try (Served served =
        server(
            "pcall(ngx.location.capture, '/', { vars = { none = 'x' } }) ngx.log(5, 'end') ngx.say()")) {
      served.get("/");
      assertThat(served.awaitLog("error.log", "end"))
          .contains(
              "variable \"none\" cannot be assigned a value (maybe you forgot to define it first?)"
                  + " , client: 127.0.0.1, server: localhost, request: \"GET / HTTP/1.1\", host:");
    }
  }
}
