package dev.banyan.lua;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LuaUsesTest {
  @Test
  void chainsAreReadWithTheirLines() {
    assertThat(uses("ngx.say(ngx.var.uri)\n\nlocal h = ngx.req.get_headers()['x']"))
        .containsExactly("ngx.say@1", "ngx.var.uri@1", "ngx.req.get_headers@3");
  }

  @Test
  void localNamesAreFollowed() {
    assertThat(
            uses(
                """
                local ngx, say, req = ngx, ngx.say, ngx.req
                say("x") req.read_body() ngx.log(1)
                local balancer = require "ngx.balancer"
                balancer.set_current_peer("a", 1)
                """))
        .contains(
            "ngx.say@2",
            "ngx.req.read_body@2",
            "ngx.log@2",
            "require ngx.balancer@3",
            "ngx.balancer:set_current_peer@4");
  }

  @Test
  void aModuleIsFollowedFromItsRequireOn() {
    assertThat(uses("local C = require('ffi').C C.strlen('a') local f = pcall(C.nothing)"))
        .containsExactly("require ffi@1", "ffi:C@1", "ffi:C.strlen@1", "ffi:C.nothing@1");
    assertThat(LuaUses.of("pcall(ngx.say, 1) ngx.say(1)".getBytes(ISO_8859_1)))
        .extracting(LuaUse::guarded)
        .containsExactly(true, false);
  }

  @Test
  void methodsOfSocketsAreKnown() {
    assertThat(
            uses(
                "local sock, err = ngx.socket.tcp() sock:settimeout(1) local ok ="
                    + " sock:setclientcert(c)"))
        .containsExactly("ngx.socket.tcp@1", "tcpsock:settimeout@1", "tcpsock:setclientcert@1");
  }

  @Test
  void commentsStringsAndFieldsAreNoUses() {
    assertThat(uses("-- ngx.exit(1)\nlocal s = 'ngx.say' t.ngx = 1 t:print() --[[ ngx.eof() ]]"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "require(\"ffi\")",
        "require'ffi'",
        "local ffi = require \"ffi\"",
        "require [[ffi]]",
        "require [==[ffi]==]",
        "local C = require(\n'ffi').C",
        "return (require 'ffi')"
      })
  void everyFormOfRequireIsSeen(String code) {
    assertThat(LuaUses.of(code.getBytes(ISO_8859_1)))
        .filteredOn(LuaUse::module)
        .singleElement()
        .satisfies(use -> assertThat(use.name()).isEqualTo("ffi"))
        .satisfies(use -> assertThat(use.guarded()).isFalse());
  }

  @Test
  void aRequireThatPcallCatchesIsGuarded() {
    assertThat(LuaUses.of("local ok, ffi = pcall(require, 'ffi')".getBytes(ISO_8859_1)))
        .containsExactly(new LuaUse("ffi", 1, true, true));
  }

  @Test
  void aNameThatIsPutTogetherIsNoModule() {
    assertThat(uses("require('edge.' .. name) pcall(require, 'a.' .. b)")).isEmpty();
  }

  @Test
  void aBrokenChunkGivesWhatStandsBeforeTheBreak() {
    assertThat(uses("ngx.say(1) x = 'unfinished")).containsExactly("ngx.say@1");
  }

  private static List<String> uses(String code) {
    return LuaUses.of(code.getBytes(ISO_8859_1)).stream()
        .filter(use -> use.module() || use.name().contains(".") || use.name().contains(":"))
        .map(use -> (use.module() ? "require " : "") + use.name() + "@" + use.line())
        .toList();
  }
}
