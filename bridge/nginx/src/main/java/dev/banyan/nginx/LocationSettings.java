package dev.banyan.nginx;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every setting that is inherited from level to level, by module.
 *
 * @param sessionSecret of {@code encrypted_session_key}; null where there is none
 * @param recoding of {@code iconv_filter}; null where there is none
 * @param referers of {@code valid_referers}; null where there is none
 */
public record LocationSettings(
    CoreSettings core,
    ProxySettings proxy,
    Map<CgiProtocol, CgiSettings> cgi,
    ProxySettings grpc,
    HeaderSettings headers,
    HeaderRules headerRules,
    Base32 base32,
    Rotation rotation,
    @Nullable SessionSecret sessionSecret,
    LogSettings logs,
    GzipSettings gzip,
    AccessSettings access,
    LimitSettings limits,
    RealIpSettings realIp,
    @Nullable Referers referers,
    BodyFilterSettings bodyFilters,
    AdditionSettings addition,
    SsiSettings includes,
    XssSettings xss,
    MethodOverride methodOverride,
    @Nullable Recoding recoding,
    AutoindexSettings autoindex,
    UserIdSettings userId,
    DavSettings dav,
    SecureLink secureLink,
    EchoSettings echo,
    BrowserSettings browsers,
    SrcacheSettings srcache,
    LuaLocationSettings lua,
    LuaHandlers handlers) {}
