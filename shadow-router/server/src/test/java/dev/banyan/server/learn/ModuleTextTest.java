package dev.banyan.server.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.server.check.LegacyLua;
import dev.banyan.server.serve.ConfSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModuleTextTest {
  @TempDir Path folder;

  @BeforeEach
  void legacy() throws IOException {
    lua(
        "m",
        """
        local m = {}
        local seen = 0
        function m.access()
          seen = seen + 1
          hits = (hits or 0) + 1
          return ngx.ctx.tenant:has("x")
        end
        return m
        """);
    lua(
        "tenant",
        """
        local Tenant = {}
        function Tenant:has(feature) return self.features[feature] == true end
        function Tenant:label() return self.id end
        return Tenant
        """);
    Files.writeString(
        folder.resolve("nginx.conf"),
        """
        events {}
        http {
          lua_package_path "$prefix/?.lua";
          init_by_lua_block { require "tenant" }
          server { location / { access_by_lua_block { require("m").access() } } }
        }
        """);
  }

  private void lua(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name + ".lua"), text);
  }

  private ModuleText text() {
    ConfSource source = new ConfSource(folder.resolve("nginx.conf"), folder, "");
    return ModuleText.of(LegacyLua.of(source.syntax(), folder), folder, "m").orElseThrow();
  }

  @Test
  void whatTheMethodsThatItCallsReadOfTheirObjectsIsRecordedToo() {
    assertThat(text().members()).contains("has", "features").doesNotContain("id", "label");
  }

  @Test
  void whatItKeepsBetweenCallsIsToldGlobalsIncluded() {
    assertThat(text().state()).containsExactlyInAnyOrder("seen", "hits (a global)");
  }
}
