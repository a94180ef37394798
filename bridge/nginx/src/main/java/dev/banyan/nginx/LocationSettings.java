package dev.banyan.nginx;

/** Every setting that is inherited from level to level, by module. */
public record LocationSettings(
    CoreSettings core,
    ProxySettings proxy,
    HeaderSettings headers,
    LogSettings logs,
    GzipSettings gzip,
    AccessSettings access,
    LimitSettings limits,
    RealIpSettings realIp,
    BodyFilterSettings bodyFilters,
    LuaLocationSettings lua,
    LuaHandlers handlers) {}
