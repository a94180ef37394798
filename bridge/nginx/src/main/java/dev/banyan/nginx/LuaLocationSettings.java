package dev.banyan.nginx;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lua module's settings of one level. */
public record LuaLocationSettings(
    boolean codeCache,
    boolean needRequestBody,
    boolean http10Buffering,
    boolean useDefaultType,
    boolean checkClientAbort,
    boolean transformUnderscoresInResponseHeaders,
    boolean socketLogErrors,
    Duration socketConnectTimeout,
    Duration socketReadTimeout,
    Duration socketSendTimeout,
    Duration socketKeepaliveTimeout,
    long socketBufferSize,
    int socketPoolSize,
    long socketSendLowat,
    List<String> sslProtocols,
    String sslCiphers,
    int sslVerifyDepth,
    @Nullable String sslTrustedCertificate,
    @Nullable String sslRevocations,
    @Nullable String sslCertificate,
    @Nullable String sslCertificateKey) {
  public LuaLocationSettings {
    sslProtocols = List.copyOf(sslProtocols);
  }
}
