package dev.banyan.lua.ngx.resty;

import dev.banyan.lua.LuaVm;
import dev.banyan.lua.crypto.Hash;
import dev.banyan.lua.ngx.WorkerClock;
import java.util.List;
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
    for (String hash : List.of("md5", "sha1", "sha224", "sha256", "sha384", "sha512")) {
      vm.preload("resty." + hash, () -> new DigestModule(Hash.named(hash).orElseThrow()).table());
    }
    vm.preload("resty.sha", CoreModules::shaBase);
  }
}
