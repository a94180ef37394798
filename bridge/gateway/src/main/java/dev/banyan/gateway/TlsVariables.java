package dev.banyan.gateway;

import dev.banyan.nginx.script.BuiltinVariable;
import dev.banyan.transport.CipherSuites;
import dev.banyan.transport.DistinguishedNames;
import dev.banyan.transport.Pem;
import dev.banyan.transport.TlsFacts;
import dev.banyan.transport.TrustError;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The {@code $ssl_*} variables. */
final class TlsVariables {
  private static final long MILLIS_OF_DAY = 86_400_000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss yyyy 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private TlsVariables() {}

  static @Nullable String value(@Nullable TlsFacts tls, BuiltinVariable which, long nowMillis) {
    if (tls == null) {
      return null;
    }
    String pem = tls.clientCertificate();
    return switch (which) {
      case SSL_CIPHER -> tls.cipher();
      case SSL_CIPHERS -> CipherSuites.names(tls.offer().suites());
      case SSL_CURVE -> tls.group();
      case SSL_CURVES -> CipherSuites.groupNames(tls.offer().groups());
      case SSL_PROTOCOL -> tls.protocol();
      case SSL_ALPN_PROTOCOL -> tls.alpn();
      case SSL_SERVER_NAME -> tls.sni();
      case SSL_SESSION_ID -> tls.session().id().isEmpty() ? null : tls.session().id();
      case SSL_SESSION_REUSED -> tls.session().reused() ? "r" : ".";
      case SSL_EARLY_DATA -> null;
      case SSL_CLIENT_VERIFY -> verified(pem, tls.clientError());
      case SSL_CLIENT_RAW_CERT -> pem;
      case SSL_CLIENT_CERT -> pem == null ? null : pem.stripTrailing().replace("\n", "\n\t");
      case SSL_CLIENT_ESCAPED_CERT -> pem == null ? null : escaped(pem);
      default -> pem == null ? null : told(pem, which, nowMillis);
    };
  }

  private static @Nullable String told(String pem, BuiltinVariable which, long nowMillis) {
    try {
      X509Certificate certificate =
          Pem.certificates(pem.getBytes(StandardCharsets.ISO_8859_1)).getFirst();
      return switch (which) {
        case SSL_CLIENT_FINGERPRINT ->
            HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded()));
        case SSL_CLIENT_S_DN -> DistinguishedNames.rfc2253(certificate.getSubjectX500Principal());
        case SSL_CLIENT_I_DN -> DistinguishedNames.rfc2253(certificate.getIssuerX500Principal());
        case SSL_CLIENT_S_DN_LEGACY ->
            DistinguishedNames.legacy(certificate.getSubjectX500Principal());
        case SSL_CLIENT_I_DN_LEGACY ->
            DistinguishedNames.legacy(certificate.getIssuerX500Principal());
        case SSL_CLIENT_SERIAL -> hexadecimal(certificate.getSerialNumber());
        case SSL_CLIENT_V_START -> TIME.format(certificate.getNotBefore().toInstant());
        case SSL_CLIENT_V_END -> TIME.format(certificate.getNotAfter().toInstant());
        case SSL_CLIENT_V_REMAIN -> remain(certificate.getNotAfter().toInstant(), nowMillis);
        default -> null;
      };
    } catch (GeneralSecurityException e) {
      return null; // a certificate that the handshake took and that can't be read tells nothing
    }
  }

  private static String escaped(String pem) {
    return URLEncoder.encode(pem, StandardCharsets.US_ASCII).replace("+", "%20");
  }

  private static String verified(@Nullable String pem, @Nullable TrustError error) {
    if (pem == null) {
      return "NONE";
    }
    return error == null ? "SUCCESS" : "FAILED:" + error.text();
  }

  private static String hexadecimal(BigInteger serial) {
    String digits = serial.abs().toString(16).toUpperCase(Locale.ROOT);
    return (serial.signum() < 0 ? "-" : "") + (digits.length() % 2 == 0 ? "" : "0") + digits;
  }

  private static String remain(Instant end, long nowMillis) {
    return String.valueOf(Math.max(0, (end.toEpochMilli() - nowMillis) / MILLIS_OF_DAY));
  }
}
