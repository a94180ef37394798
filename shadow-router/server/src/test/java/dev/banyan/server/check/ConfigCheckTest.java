package dev.banyan.server.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.server.config.ConfigProblem;
import dev.banyan.server.serve.BareServer;
import dev.banyan.server.serve.ConfSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigCheckTest {
  @TempDir Path folder = Path.of("");

  @Test
  void inlineLuaIsCompiledAndNamedByTheLineOfTheConf() throws IOException {
    Findings found =
        check(
            """
            events {}
            http {
              init_by_lua_block {
                local x = 1
                if x then
              }
              server {
                location / { set_by_lua $v 'return return'; }
              }
            }
            """);
    assertThat(found.problems())
        .extracting(ConfigProblem::toString)
        .containsExactly(
            conf()
                + ":6: Lua syntax: init_by_lua(nginx.conf:3):4: 'end' expected (to close 'if' at"
                + " line 3) near '<eof>'",
            conf() + ":8: Lua syntax: set_by_lua(nginx.conf:8):1: unexpected symbol near 'return'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "require'ffi'.C.getaddrinfo(1)",
        "ffi.C.getaddrinfo(1)",
        "ffi.C['getaddrinfo'](1)",
        "local C = ffi.C C.getaddrinfo(1)"
      })
  void aFunctionOfCIsNamedWithTheLineThatNeedsIt(String code) throws IOException {
    Files.writeString(
        folder.resolve("needs.lua"),
        "local ffi = require 'ffi' ffi.cdef[[int getaddrinfo(int);]]\n" + code + "\n");
    Findings found = check("events {}\nhttp { init_by_lua_file needs.lua; }\n");
    assertThat(found.problems())
        .extracting(ConfigProblem::toString)
        .singleElement()
        .asString()
        .startsWith(folder.resolve("needs.lua") + ":2: needs C's \"getaddrinfo\"");
  }

  @Test
  void dataOfFfiConstantsAndFunctionsThatAreThereAreFine() throws IOException {
    Findings found =
        check(
            """
            events {}
            http { init_by_lua_block {
              local ffi = require "ffi"
              ffi.cdef[[size_t strlen(const char *s); static const int LEAST = 1;]]
              local n = ffi.C.LEAST + tonumber(ffi.C.strlen("a")) + ffi.new("int[1]")[0]
            } }
            """);
    assertThat(found.problems()).isEmpty();
    assertThat(found.warnings()).isEmpty();
  }

  @Test
  void aLibraryOfCIsAProblemAndUnderPcallAWarning() throws IOException {
    Findings found =
        check(
            "events {}\nhttp { init_by_lua_block {\nlocal ffi = require 'ffi'\n"
                + "pcall(ffi.load, 'z')\nffi.load('z')\n} }\n");
    assertThat(found.problems())
        .extracting(ConfigProblem::toString)
        .singleElement()
        .asString()
        .startsWith(conf() + ":5: needs a library of C (ffi.load)");
    assertThat(found.warnings())
        .extracting(ConfigProblem::toString)
        .singleElement()
        .asString()
        .startsWith(conf() + ":4: needs a library of C (ffi.load)");
  }

  @Test
  void aMissingLuaFileIsAProblemOfTheDirective() throws IOException {
    assertThat(check("events {}\nhttp {\ninit_by_lua_file gone.lua; }\n").problems())
        .extracting(ConfigProblem::toString)
        .singleElement()
        .asString()
        .startsWith(conf() + ":3: no such Lua file");
  }

  @Test
  void anAddressThatSomethingElseHoldsIsTaken() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Findings found = check(listening(other.getLocalPort()));
      assertThat(found.problems())
          .extracting(ConfigProblem::message)
          .singleElement()
          .asString()
          .contains("is taken");
    }
  }

  @Test
  void anAddressOfTheServedConfigurationItselfIsNotTaken() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Files.createDirectories(folder.resolve("logs"));
    Files.writeString(conf(), listening(port));
    BareServer server = BareServer.start(new ConfSource(conf(), folder, ""));
    try {
      assertThat(check(listening(port)).problems()).isEmpty();
    } finally {
      server.stop(Duration.ZERO);
    }
  }

  @Test
  void directivesOfTheCommandLineCount() throws IOException {
    Files.writeString(conf(), "events {}\nhttp {}\n");
    assertThat(ConfigCheck.of(new ConfSource(conf(), folder, "daemon off; frob on;")).problems())
        .extracting(ConfigProblem::toString)
        .containsExactly(conf() + ":1: unknown directive \"frob\"");
  }

  private static String listening(int port) {
    return "events {}\nhttp { access_log off; error_log logs/e; server { listen 127.0.0.1:"
        + port
        + "; } }\n";
  }

  private Path conf() {
    return folder.resolve("nginx.conf");
  }

  @Test
  void anExpiredParityRuleIsAWarning() throws IOException {
    Files.writeString(folder.resolve("nginx.conf"), "events {}\nhttp {}\n");
    Path file =
        Files.writeString(
            folder.resolve("banyan.yaml"),
            """
            conf: nginx.conf
            modules:
              edge.waf:
                fail-mode: lua
                parity-rules:
                  - {at: x, ignore: true, reason: y, until: 2020-01-31}
            """);
    assertThat(ConfigCheck.of(file, "").warnings())
        .extracting(ConfigProblem::toString)
        .contains(
            file
                + ":6: parity rule of edge.waf for x expired on 2020-01-31 and hides nothing any"
                + " more: remove it, or look again and give it a later day");
  }

  private Findings check(String text) throws IOException {
    Files.writeString(conf(), text);
    return ConfigCheck.of(new ConfSource(conf(), folder, ""));
  }
}
