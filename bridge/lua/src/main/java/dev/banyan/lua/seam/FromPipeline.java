package dev.banyan.lua.seam;

import dev.banyan.lua.ngx.DirectWorld;
import dev.banyan.lua.ngx.RequestHost;

/** Owned by one call: a declared pipeline calls, and values stay Java's. */
final class FromPipeline extends DirectCall implements JavaCaller {
  FromPipeline(ModuleCall target, RequestHost request, DirectWorld world) {
    super(target, request, world);
  }
}
