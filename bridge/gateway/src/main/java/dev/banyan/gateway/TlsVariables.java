package dev.banyan.gateway;

import dev.banyan.nginx.script.BuiltinVariable;
import dev.banyan.transport.HttpExchange;
import dev.banyan.transport.Pem;
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
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** The {@code $ssl_*} variables. */
final class TlsVariables {
  private static final long MILLIS_OF_DAY = 86_400_000;
  private static final Map<String, String> NAMES = Map.of("1.2.840.113549.1.9.1", "emailAddress");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss yyyy 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private TlsVariables() {}

  static @Nullable String value(
      HttpExchange.@Nullable TlsFacts tls, BuiltinVariable which, long nowMillis) {
    if (tls == null) {
      return null;
    }
    String pem = tls.clientCertificate();
    return switch (which) {
      case SSL_CIPHER -> tls.cipher();
      case SSL_PROTOCOL -> tls.protocol();
      case SSL_SERVER_NAME -> tls.sni();
      case SSL_SESSION_REUSED -> ".";
      case SSL_CLIENT_VERIFY -> pem == null ? "NONE" : "SUCCESS";
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
        case SSL_CLIENT_S_DN -> name(certificate.getSubjectX500Principal());
        case SSL_CLIENT_I_DN -> name(certificate.getIssuerX500Principal());
        case SSL_CLIENT_SERIAL ->
            HexFormat.of().withUpperCase().formatHex(certificate.getSerialNumber().toByteArray());
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

  private static String name(X500Principal principal) {
    return principal.getName(X500Principal.RFC2253, NAMES);
  }

  private static String remain(Instant end, long nowMillis) {
    return String.valueOf(Math.max(0, (end.toEpochMilli() - nowMillis) / MILLIS_OF_DAY));
  }
}
