package dev.banyan.server.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.server.check.Compatibility.Level;
import dev.banyan.server.serve.ConfSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompatibilityReportTest {
  @TempDir Path folder = Path.of("");

  @BeforeEach
  void luaFolder() throws IOException {
    Files.createDirectories(folder.resolve("lua/edge"));
  }

  @Test
  void everythingSupportedIsSaidInASentence() throws IOException {
    CompatibilityReport report =
        report("location / { content_by_lua_block { ngx.say(ngx.var.uri) ngx.exit(ngx.OK) } }");
    assertThat(report.summary())
        .contains(
            "your configuration uses 2 ngx functions, all supported",
            "your configuration uses 2 ngx constants and tables, all supported");
    assertThat(report.misses()).isFalse();
  }

  @Test
  void filesAreFollowedThroughRequire() throws IOException {
    Files.writeString(folder.resolve("lua/edge/a.lua"), "local b = require('edge.b')\n");
    Files.writeString(folder.resolve("lua/edge/b.lua"), "\n\nreturn ngx.worker.pid()\n");
    Files.writeString(folder.resolve("lua/edge/unused.lua"), "require 'ngx.pipe'\n");
    CompatibilityReport report = report("location / { access_by_lua 'require \"edge.a\"'; }");
    assertThat(report.uses())
        .filteredOn(use -> use.name().equals("ngx.worker.pid"))
        .singleElement()
        .satisfies(use -> {
          assertThat(use.file()).isEqualTo(folder.resolve("lua/edge/b.lua"));
          assertThat(use.line()).isEqualTo(3);
          assertThat(use.compatibility().level()).isEqualTo(Level.DEVIATES);
          assertThat(use.compatibility().note()).isNotEmpty();
        });
    assertThat(report.misses()).isFalse();
  }

  @Test
  void whatIsMissingIsNamedWithItsReason() throws IOException {
    CompatibilityReport report =
        report(
            "js_import a.js; frob 1; location / { content_by_lua_block { ngx.frob() require 'gone' } }");
    assertThat(report.uses())
        .filteredOn(use -> use.compatibility().level() == Level.MISSING)
        .extracting(Use::name)
        .containsExactly("js_import", "frob", "ngx.frob", "gone");
    assertThat(report.misses()).isTrue();
  }

  @Test
  void entriesOfTablesAreNoDirectives() throws IOException {
    Path conf = folder.resolve("nginx.conf");
    Files.writeString(conf, "events {} http { map $uri $x { /a 1; } types { text/html html; } }");
    assertThat(CompatibilityReport.of(new ConfSource(conf, folder, "")).uses())
        .extracting(Use::name)
        .containsExactly("events", "http", "map", "types");
  }

  @Test
  void aDifferenceOfAParameterCountsWhereTheParameterIs() throws IOException {
    assertThat(report("listen 8080; listen 8081 default_server;").uses())
        .filteredOn(use -> use.name().equals("listen"))
        .extracting(use -> use.compatibility().level())
        .containsExactly(Level.SUPPORTED);
    assertThat(report("listen 8080;\nlisten 8081 reuseport;").uses())
        .filteredOn(use -> use.name().equals("listen"))
        .singleElement()
        .satisfies(use -> {
          assertThat(use.compatibility().level()).isEqualTo(Level.DEVIATES);
          assertThat(use.line()).isEqualTo(6);
        });
  }

  @Test
  void oneNameMeansAnotherThingInsideOfAnUpstream() throws IOException {
    Path conf = folder.resolve("nginx.conf");
    Files.writeString(conf, "events {} http { upstream u { server 127.0.0.1; } }");
    assertThat(CompatibilityReport.of(new ConfSource(conf, folder, "")).uses())
        .filteredOn(use -> use.name().equals("server"))
        .extracting(use -> use.compatibility().note())
        .containsExactly("names are resolved when they are used, not at start");
  }

  private CompatibilityReport report(String server) throws IOException {
    Path conf = folder.resolve("nginx.conf");
    Files.writeString(
        conf,
        "events {}\nhttp {\nlua_package_path '$prefix/lua/?.lua';\nserver {\n"
            + server
            + "\n}\n}\n");
    return CompatibilityReport.of(new ConfSource(conf, folder, ""));
  }
}
