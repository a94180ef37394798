package dev.banyan.lua.ngx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Phase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiSweepTest {
  private final NgxRig rig = new NgxRig();

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void everyEntryDeclaresItsPhases() {
    assertThat(NgxApi.entries()).allSatisfy(entry -> assertThat(entry.phases()).isNotEmpty());
  }

  @Test
  void whatIsMissingOrDeviatesSaysWhy() {
    assertThat(NgxApi.entries())
        .allSatisfy(entry ->
            assertThat(entry.note().isEmpty()).isEqualTo(entry.support() == ApiEntry.Support.FULL));
  }

  @Test
  void everySupportedEntryIsThere() {
    List<String> absent = new ArrayList<>();
    for (ApiEntry entry : NgxApi.entries()) {
      if (entry.support() != ApiEntry.Support.MISSING && entry.kind() != ApiEntry.Kind.PROPERTY) {
        String type = rig.content("ngx.print(type(" + expression(entry) + "))").text();
        if (type.isEmpty() || type.equals("nil")) {
          absent.add(entry.name());
        }
      }
    }
    assertThat(absent).isEmpty();
  }

  @Test
  void everyFunctionRefusesTheHeaderFilterUnlessItIsListedThere() {
    for (ApiEntry entry : NgxApi.entries()) {
      boolean guarded =
          entry.support() == ApiEntry.Support.FULL
              && entry.kind() == ApiEntry.Kind.FUNCTION
              && !entry.allowedIn(Phase.HEADER_FILTER);
      if (guarded) {
        NgxRig.Run run =
            rig.run(
                Phase.HEADER_FILTER,
                r -> {},
                "ngx.ctx.ok, ngx.ctx.e = pcall(" + expression(entry) + ", ngx)");
        rig.again(run.request(), "ngx.header.e = ngx.ctx.e");
        assertThat(run.request().responseHeaders().first("e"))
            .as(entry.name())
            .endsWith("API disabled in the context of header_filter_by_lua*");
      }
    }
  }

  private static String expression(ApiEntry entry) {
    String name = entry.name();
    if (entry.kind() == ApiEntry.Kind.MODULE) {
      return "require('" + name + "')";
    }
    int colon = name.indexOf(':');
    if (colon < 0) {
      return name;
    }
    String object = name.substring(0, colon);
    String source =
        switch (object) {
          case "tcpsock" -> "ngx.socket.tcp()";
          case "udpsock" -> "ngx.socket.udp()";
          case "pipe" -> "require('ngx.pipe').spawn('true')";
          case "semaphore" -> "require('ngx.semaphore').new()";
          default -> "require('" + object + "')";
        };
    return "(" + source + ")." + name.substring(colon + 1);
  }
}
