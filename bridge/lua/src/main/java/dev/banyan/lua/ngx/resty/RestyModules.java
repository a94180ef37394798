package dev.banyan.lua.ngx.resty;

import dev.banyan.lua.LuaVm;
import dev.banyan.lua.ngx.WorkerClock;
import java.util.random.RandomGenerator;

/** Owned by one worker: offers OpenResty's own modules to {@code require}. */
public final class RestyModules {
  private static final LuaResource LOCK = new LuaResource("lock.lua");

  private final LuaVm vm;
  private final WorkerClock clock;
  private final RandomGenerator random;

  /**
   * The modules of a machine.
   *
   * @param random fit for secrets
   */
  public RestyModules(LuaVm vm, WorkerClock clock, RandomGenerator random) {
    this.vm = vm;
    this.clock = clock;
    this.random = random;
  }

  /** Offers them. */
  public void open() {
    new CoreModules(vm, clock).open();
    vm.preload("resty.lrucache", () -> new LruCacheModule(vm, clock, false).table());
    vm.preload("resty.lrucache.pureffi", () -> new LruCacheModule(vm, clock, true).table());
    vm.preload("resty.lock", () -> LOCK.load(vm));
    vm.preload("tablepool", () -> new TablePoolModule().table());
    vm.preload("resty.string", StringModule::table);
    vm.preload("resty.random", () -> new RandomModule(random).table());
    vm.preload("resty.websocket.protocol", () -> new WebSocketModule(random).load(vm));
    vm.preload("resty.aes", () -> new AesModule(vm).table());
    digest("resty.md5", "MD5");
    digest("resty.sha1", "SHA-1");
    digest("resty.sha224", "SHA-224");
    digest("resty.sha256", "SHA-256");
    digest("resty.sha384", "SHA-384");
    digest("resty.sha512", "SHA-512");
    vm.preload("resty.sha", CoreModules::shaBase);
  }

  private void digest(String name, String algorithm) {
    vm.preload(name, () -> new DigestModule(algorithm).table());
  }
}
