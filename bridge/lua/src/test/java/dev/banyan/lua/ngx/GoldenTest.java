package dev.banyan.lua.ngx;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Table;
import dev.banyan.lua.lib.StandardLibraries;
import dev.banyan.lua.ngx.re.ReSettings;
import dev.banyan.lua.ngx.shared.SharedDict;
import dev.banyan.lua.ngx.shared.SharedDicts;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Runs {@code golden/NAME.lua} and expects {@code golden/NAME.out}, which a real nginx with its Lua
 * module wrote by {@code content_by_lua_file}; the digests and ciphers of {@code resty} are
 * OpenSSL's.
 */
final class GoldenTest {
  /** As large as an event loop's. */
  private static final long WORKER_STACK = 16L << 20;

  private final StringBuilder said = new StringBuilder();

  /** Passes only while Lua sleeps. */
  private final AtomicLong now = new AtomicLong(1_750_000_000_000L);

  @ParameterizedTest
  @ValueSource(strings = {"re", "split", "text", "shared", "lrucache", "cjson", "buffer", "resty"})
  void theAnswersOfARealNginxAreOurs(String name) throws IOException, InterruptedException {
    byte[] script = (read("show.lua") + read(name + ".lua")).getBytes(ISO_8859_1);
    Thread worker = new Thread(null, () -> run(name, script), "worker", WORKER_STACK);
    worker.start();
    worker.join();
    assertThat(said.toString().lines())
        .containsExactlyElementsOf(read(name + ".out").lines().toList());
  }

  private void run(String name, byte[] script) {
    LuaVm vm = LuaVm.create(StandardLibraries.options());
    NgxLibraries libraries = new NgxLibraries(vm, settings());
    Table ngx = new Table();
    vm.globals().rawset("ngx", ngx);
    libraries.open(ngx);
    ngx.rawset("say", NativeFunction.of("say", this::say));
    ngx.rawset("sleep", NativeFunction.of("sleep", args -> sleep(libraries, args)));
    vm.call(vm.load(script, "@/" + name + ".lua", vm.globals()), LuaValue.NONE);
  }

  private NgxLibraries.Settings settings() {
    SharedDict dict = new SharedDict("d100", 100 * 1024, now::get);
    return new NgxLibraries.Settings(
        ReSettings.DEFAULT,
        new SharedDicts(List.of(dict)),
        () -> Instant.ofEpochMilli(now.get()),
        ZoneId.systemDefault(),
        new SecureRandom(),
        new ProcessEnvironment(Map.of("FOO", "hello"), Set.of("HOME"), name -> "the " + name),
        (level, message) -> {});
  }

  private Varargs say(Varargs args) {
    for (int i = 1; i <= args.narg(); i++) {
      said.append(LuaText.latin1(args.arg(i)));
    }
    said.append('\n');
    return LuaValue.NONE;
  }

  private Varargs sleep(NgxLibraries libraries, Varargs args) {
    now.addAndGet((long) (args.arg1().todouble() * 1000));
    libraries.clock().update();
    return LuaValue.NONE;
  }

  private static String read(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(GoldenTest.class.getResourceAsStream("golden/" + name))) {
      return new String(in.readAllBytes(), ISO_8859_1);
    }
  }
}
