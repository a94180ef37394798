package dev.banyan.nginx;

import dev.banyan.nginx.script.ConfRegex;
import dev.banyan.nginx.script.Template;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The proxy module's settings of one level.
 *
 * @param setHeaders headers to set; an empty value removes; never null, nginx's two defaults are
 *     not in it
 * @param method the method to send; null keeps the request's
 * @param body the body to send; null keeps the request's
 * @param nextUpstreamTries 0 means no limit
 * @param nextUpstreamTimeout zero means no limit
 * @param store where answers are written to as files; null for nowhere
 */
public record ProxySettings(
    List<SetHeader> setHeaders,
    boolean passRequestHeaders,
    boolean passRequestBody,
    HttpVersion httpVersion,
    @Nullable Template method,
    @Nullable Template body,
    boolean buffering,
    boolean requestBuffering,
    long bufferSize,
    long buffers,
    long maxTempFileSize,
    Duration connectTimeout,
    Duration readTimeout,
    Duration sendTimeout,
    Set<NextUpstream> nextUpstream,
    int nextUpstreamTries,
    Duration nextUpstreamTimeout,
    boolean interceptErrors,
    boolean ignoreClientAbort,
    Set<String> hideHeaders,
    Set<String> passHeaders,
    Set<IgnoredHeader> ignoreHeaders,
    List<Substitution> redirects,
    boolean defaultRedirect,
    List<Substitution> cookieDomains,
    List<Substitution> cookiePaths,
    List<CookieFlags> cookieFlags,
    @Nullable Template bind,
    boolean socketKeepalive,
    boolean forceRanges,
    @Nullable Template limitRate,
    ProxyTls tls,
    CacheSettings cache,
    @Nullable StoreSettings store) {
  public ProxySettings {
    setHeaders = List.copyOf(setHeaders);
    nextUpstream = Set.copyOf(nextUpstream);
    hideHeaders = Set.copyOf(hideHeaders);
    passHeaders = Set.copyOf(passHeaders);
    ignoreHeaders = Set.copyOf(ignoreHeaders);
    redirects = List.copyOf(redirects);
    cookieDomains = List.copyOf(cookieDomains);
    cookiePaths = List.copyOf(cookiePaths);
    cookieFlags = List.copyOf(cookieFlags);
  }

  /** One {@code proxy_set_header}. */
  public record SetHeader(String name, Template value) {}

  /** {@code proxy_http_version}. */
  public enum HttpVersion {
    HTTP_1_0,
    HTTP_1_1
  }

  /** What makes a request go on to the next server. */
  public enum NextUpstream {
    ERROR,
    TIMEOUT,
    INVALID_HEADER,
    NON_IDEMPOTENT,
    HTTP_500,
    HTTP_502,
    HTTP_503,
    HTTP_504,
    HTTP_403,
    HTTP_404,
    HTTP_429,
    UPDATING,
    OFF
  }

  /** A header of the upstream's answer that is not acted upon. */
  public enum IgnoredHeader {
    X_ACCEL_REDIRECT,
    X_ACCEL_EXPIRES,
    X_ACCEL_LIMIT_RATE,
    X_ACCEL_BUFFERING,
    X_ACCEL_CHARSET,
    EXPIRES,
    CACHE_CONTROL,
    SET_COOKIE,
    VARY
  }

  /**
   * {@code FROM TO} of {@code proxy_redirect}, {@code proxy_cookie_domain} or {@code
   * proxy_cookie_path}; of text and regex one is null.
   */
  public record Substitution(
      @Nullable Template text, @Nullable ConfRegex regex, Template replacement) {}

  /** {@code proxy_cookie_flags}; of cookie and regex one is null. */
  public record CookieFlags(
      @Nullable Template cookie, @Nullable ConfRegex regex, List<Template> flags) {
    public CookieFlags {
      flags = List.copyOf(flags);
    }
  }
}
