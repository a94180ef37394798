package dev.banyan.nginx;

import java.util.Map;
import java.util.Set;

/**
 * Owned by the thread that loads a configuration: reads everything that is inherited, for one
 * block.
 */
final class SettingsReader {
  private final Map<String, LogFormat> formats;
  private final CharsetReader charsets;
  private final Set<String> requestZones;
  private final Set<String> connectionZones;
  private final LogBuffers buffers = new LogBuffers();

  SettingsReader(
      Map<String, LogFormat> formats,
      CharsetReader charsets,
      Set<String> requestZones,
      Set<String> connectionZones) {
    this.formats = formats;
    this.charsets = charsets;
    this.requestZones = requestZones;
    this.connectionZones = connectionZones;
  }

  LocationSettings read(Scope scope) {
    FilterReader filters = new FilterReader(scope, charsets);
    LuaReader lua = new LuaReader(scope);
    new MemcachedReader(scope).check();
    new MemcReader(scope).check();
    new RedisReader(scope).check();
    return new LocationSettings(
        new CoreReader(scope).read(),
        new ProxyReader(scope).read(),
        CgiReader.all(scope),
        ProxyReader.grpc(scope).read(),
        new HeaderReader(scope).read(),
        new HeaderRuleReader(scope).read(),
        Base32.read(scope),
        new Rotation(),
        SessionSecret.read(scope),
        new LogReader(scope, formats, buffers).read(),
        filters.gzip(),
        new AccessReader(scope).read(),
        new LimitReader(scope, requestZones, connectionZones).read(),
        filters.realIp(),
        Referers.read(scope),
        filters.body(),
        filters.addition(),
        filters.includes(),
        filters.xss(),
        MethodOverride.read(scope),
        Recoding.read(scope),
        AutoindexSettings.read(scope),
        new UserIdReader(scope).read(),
        DavSettings.read(scope),
        SecureLink.read(scope),
        new EchoReader(scope).settings(),
        new BrowserReader(scope).read(),
        new SrcacheReader(scope).read(),
        lua.settings(),
        lua.handlers());
  }

  /** The buffers of the logs of the blocks that were read. */
  Map<String, LogBuffer> logBuffers() {
    return buffers.all();
  }
}
