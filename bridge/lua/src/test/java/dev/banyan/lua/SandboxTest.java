package dev.banyan.lua;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;

/** Attempts to leave the sandbox: each must give nothing, or an error of Lua's own. */
class SandboxTest {
  private final LuaRig rig = new LuaRig();

  static String[] attempts() {
    return new String[] {
      "luajava",
      "java",
      "javax",
      "org",
      "com",
      "Packages",
      "luaj",
      "jit.util",
      "pcall(require, 'luajava')",
      "pcall(require, 'java.lang.Runtime')",
      "pcall(require, 'java.lang.System')",
      "pcall(require, 'org.luaj.vm2.lib.jse.LuajavaLib')",
      "pcall(require, 'dev.banyan.lua.LuaVm')",
      "pcall(require('ffi').load, 'c')",
      "require('ffi').C.system",
      "require('ffi').cdef'int system(const char*);' or require('ffi').C.system('id')",
      "require('ffi').cast('char*', 4096)[0]",
      "(require('ffi').new('char[8]') + 8)[0]",
      "require('ffi').copy(require('ffi').cast('char*', 'text'), 'x')",
      "debug.getmetatable(1LL).__index(print, 'class')",
      "pcall(debug.getmetatable(1LL).__call)",
      "pcall(debug.getmetatable(1LL).__add)",
      "1LL.class",
      "(1LL).getClass",
      "pcall(require, 'jit.util')",
      "pcall(require, '../../../../etc/passwd')",
      "pcall(require, '/etc/passwd')",
      "pcall(require, 'a\\0b')",
      "pcall(require, ('x'):rep(5000))",
      "os.execute",
      "os.exit",
      "io.popen",
      "pcall(os.execute, 'id')",
      "pcall(io.popen, 'id')",
      "package.loadlib('/lib/x86_64-linux-gnu/libc.so.6', 'system')",
      "package.loadlib('libc.so.6', '*')",
      "loadstring('\\27Lua')",
      "loadstring('\\27LJ\\2')",
      "load(function() return nil end, 'x', 'b')",
      "load('return 1', 'x', 'b')",
      "pcall(string.dump, print)",
      "pcall(setmetatable, '', {})",
      "pcall(setmetatable, print, {})",
      "pcall(setmetatable, 1, {})",
      "pcall(setfenv, print, {})",
      "pcall(setfenv, require, {})",
      "pcall(setfenv, pcall, {})",
      "debug.getupvalue(print, 1)",
      "debug.getupvalue(require, 1)",
      "debug.setupvalue(require, 1, 5)",
      "pcall(debug.upvalueid, print, 1)",
      "pcall(debug.upvaluejoin, print, 1, require, 1)",
      "debug.getlocal(print, 1)",
      "next(debug.getregistry())",
      "debug.gethook()",
      "print.class",
      "print.getClass",
      "pcall(function() return print.class.forName end)",
      "pcall(function() return io.stdout.class.x end)",
      "io.stdout.getClass",
      "io.stdout.m_instance",
      "pcall(function() return coroutine.create(print).state end)",
      "pcall(function() return (1).class end)",
      "(''):getClass and 1 or nil",
      "(''). class",
      "string.class",
      "pcall(debug.setmetatable(print, nil) == 1 and print)",
      "newproxy().class",
      "pcall(function() return newproxy(true).getClass end)",
      "rawget(_G, 'luajava')",
      "_G['java']",
      "package.loaded.luajava",
      "package.preload.luajava",
      "package.searchers",
      "getmetatable(_G)",
      "getfenv(0).luajava",
      "require == nil"
    };
  }

  @ParameterizedTest
  @MethodSource("attempts")
  void an_attempt_to_escape_gives_nothing(String attempt) {
    String source = "local first = " + attempt + " return first";
    LuaValue compiled;
    try {
      compiled = rig.load(source);
    } catch (LuaError refused) {
      return;
    }
    LuaValue result;
    try {
      result = rig.vm.call(compiled, LuaValue.NONE).arg1();
    } catch (LuaRuntimeError e) {
      assertThat(LuaText.latin1(e.value())).doesNotContain("internal error");
      return;
    }
    assertThat(result.toboolean()).as(attempt).isFalse();
  }

  @Test
  void poisoned_metatables_and_globals_stay_in_their_worker() {
    rig.run(
        "getmetatable('').__index = function() return 'poison' end string.upper = nil print = 1");
    LuaRig other = new LuaRig();
    assertThat(other.text("return ('x'):upper() .. type(print)")).isEqualTo("Xfunction");
    rig.run("debug.setmetatable(1, {__index = function() return 'poison' end})");
    assertThat(other.text("return tostring(pcall(function() return (1).x end))"))
        .isEqualTo("false");
  }

  @Test
  void another_thread_is_refused() throws InterruptedException {
    Throwable[] thrown = new Throwable[1];
    LuaValue chunk = rig.load("return 1");
    Thread thread =
        new Thread(() -> {
          try {
            rig.vm.call(chunk, LuaValue.NONE);
          } catch (IllegalStateException e) {
            thrown[0] = e;
          }
        });
    thread.start();
    thread.join();
    assertThat(thrown[0]).hasMessageContaining("was called by");
  }

  @Test
  void a_compiled_chunk_serves_two_workers_apart() {
    Chunk chunk =
        LuaVm.compile("n = (n or 0) + 1 return n".getBytes(StandardCharsets.ISO_8859_1), "=shared");
    LuaRig other = new LuaRig();
    rig.vm.call(chunk.instantiate(rig.vm, rig.vm.globals()), LuaValue.NONE);
    LuaValue second =
        other.vm.call(chunk.instantiate(other.vm, other.vm.globals()), LuaValue.NONE).arg1();
    assertThat(second.toint()).isEqualTo(1);
  }
}
