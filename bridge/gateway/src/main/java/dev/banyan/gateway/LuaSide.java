package dev.banyan.gateway;

import dev.banyan.api.Phase;
import dev.banyan.lua.LuaVmOptions;
import dev.banyan.lua.RequestCoverage;
import dev.banyan.lua.SeamHook;
import dev.banyan.lua.lib.StandardLibraries;
import dev.banyan.lua.ngx.ChunkCache;
import dev.banyan.lua.ngx.LuaSource;
import dev.banyan.lua.ngx.NgxLibraries;
import dev.banyan.lua.ngx.NgxMachine;
import dev.banyan.lua.ngx.Outcome;
import dev.banyan.lua.ngx.RequestContext;
import dev.banyan.lua.seam.CallRecorder;
import dev.banyan.lua.seam.CannotRecord;
import dev.banyan.lua.seam.MeteredModules;
import dev.banyan.lua.seam.Pipeline;
import dev.banyan.lua.seam.RecordingModule;
import dev.banyan.lua.seam.SeamInstaller;
import dev.banyan.lua.seam.SeamSwitch;
import dev.banyan.lua.seam.ShadowedLines;
import dev.banyan.nginx.LuaHttpSettings;
import dev.banyan.nginx.script.LuaHandler;
import java.security.SecureRandom;
import java.time.ZoneId;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Owned by one worker's loop: its Lua machine and the code that the configuration hands to it. */
final class LuaSide {
  private final Service service;
  private final GatewayWorker worker;
  private final NgxLibraries.Settings settings;
  private final NgxMachine machine;
  private final @Nullable SeamInstaller installer;
  private final @Nullable Pipeline pipeline;
  private final IdentityHashMap<LuaHandler, LuaSource> inline = new IdentityHashMap<>();

  LuaSide(Service service, GatewayWorker worker) {
    this.service = service;
    this.worker = worker;
    LuaHttpSettings lua = service.http().lua();
    settings =
        new NgxLibraries.Settings(
            LuaHomes.re(lua),
            service.dicts(),
            service.options().clock(),
            ZoneId.systemDefault(),
            new SecureRandom(),
            LuaHomes.environment(service.main()),
            worker::log);
    SeamSwitch seam = service.options().seam();
    installer = seam == null ? null : new SeamInstaller(seam);
    LuaVmOptions options = paths(service).withSeam(installer == null ? SeamHook.NONE : installer);
    machine = NgxMachine.create(options, settings, service.chunks(), worker);
    machine.countEntries(service.luaEntries());
    pipeline = seam == null || installer == null ? null : new Pipeline(seam, machine, installer);
  }

  private static LuaVmOptions paths(Service service) {
    LuaVmOptions options = LuaHomes.paths(service.http().lua(), service.prefix());
    return service.options().enclosure() == null
        ? options
        : options.withLibraries(StandardLibraries.readingOnly()).withPrint(_ -> {});
  }

  /** Answers a handler's calls without Lua; null where no port is installed. */
  @Nullable Pipeline pipeline() {
    return pipeline;
  }

  /**
   * Begins to record the calls of a loaded module.
   *
   * @throws CannotRecord with the reason
   */
  RecordingModule record(String module, CallRecorder recorder) throws CannotRecord {
    if (installer == null) {
      throw new IllegalStateException("this gateway was started without a seam");
    }
    return installer.record(module, recorder);
  }

  /** Begins to meter the calls of loaded modules. */
  MeteredModules meter(Collection<String> modules) {
    return MeteredModules.begin(machine.vm(), modules);
  }

  /** What tells which requests, told by the value of a field, reach which code. */
  static RequestCoverage coverage(String field) {
    return new RequestCoverage(vm -> RequestContext.field(vm, field));
  }

  /** Lets it hear of all code that is loaded by now, and takes what it has heard. */
  RequestCoverage.Reached reached(RequestCoverage coverage, Set<String> seen) {
    Set<String> leftOut =
        coverage.arm(
            machine.vm(),
            installer == null ? List::of : installer::originals,
            service.chunks().known());
    return coverage.take(leftOut, seen);
  }

  /** Which lines of a module shadowed calls have reached; null when none could. */
  ShadowedLines.@Nullable Lines shadowedLines(String module) {
    return installer == null ? null : installer.shadowedLines(module);
  }

  /** Runs {@code init_by_lua}; what is thrown stops the start. */
  void init() {
    if (init(machine) instanceof Outcome.Failed failed) {
      throw new GatewayException("init_by_lua error: " + failed.message());
    }
  }

  private @Nullable Outcome init(NgxMachine fresh) {
    LuaHandler handler = service.http().lua().init();
    return handler == null ? null : fresh.init(source(handler, null));
  }

  void initWorker() {
    LuaHandler handler = service.http().lua().initWorker();
    if (handler != null) {
      machine.initWorker(source(handler, null));
    }
  }

  void exitWorker() {
    LuaHandler handler = service.http().lua().exitWorker();
    if (handler != null) {
      machine.run(source(handler, null), Phase.EXIT_WORKER, null, List.of());
    }
  }

  /** Runs a handler for a request. */
  Outcome run(Request r, LuaHandler handler, Phase phase, List<String> arguments) {
    return machine(r).run(source(handler, r), phase, r.luaHost(), arguments);
  }

  /** The worker's machine, or the request's own where {@code lua_code_cache} is off. */
  private NgxMachine machine(Request r) {
    NgxMachine own = r.main().ownMachine();
    if (own != null || r.location().lua().codeCache()) {
      return own == null ? machine : own;
    }
    LuaVmOptions options = paths(service);
    NgxMachine fresh = NgxMachine.create(options, settings, new ChunkCache(), worker);
    fresh.countEntries(service.luaEntries());
    r.main().ownMachine(fresh);
    if (init(fresh) instanceof Outcome.Failed) {
      throw new ResponseAborted(HttpStatus.INTERNAL_ERROR);
    }
    return fresh;
  }

  /** Runs a handler of a handshake. */
  Outcome run(HandshakeRequest request, LuaHandler handler) {
    return machine.run(source(handler, null), request.phase(), request);
  }

  private LuaSource source(LuaHandler handler, @Nullable Request r) {
    return switch (handler.source()) {
      case dev.banyan.nginx.script.LuaSource.Inline code ->
          inline.computeIfAbsent(
              handler, _ -> new LuaSource.Inline(handler.chunkName(), Octets.bytes(code.code())));
      case dev.banyan.nginx.script.LuaSource.File file -> {
        String path = r == null ? file.path().source() : file.path().evaluate(r);
        yield new LuaSource.File(service.absolute(path).toString());
      }
    };
  }
}
