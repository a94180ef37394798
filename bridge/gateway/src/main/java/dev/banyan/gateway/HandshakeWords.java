package dev.banyan.gateway;

import dev.banyan.transport.RefusedCertificate;
import dev.banyan.transport.TransportException;
import dev.banyan.transport.TrustError;
import java.util.Map;

/** Why a TLS handshake with an upstream server failed, as nginx and OpenSSL word it. */
final class HandshakeWords {
  private static final String ALERT = "Received fatal alert: ";

  /** By the JDK's name of an alert: OpenSSL's reason and the alert's number. */
  private static final Map<String, String> ALERTS =
      Map.ofEntries(
          Map.entry(
              "unexpected_message", "0A0003F2:SSL routines::sslv3 alert unexpected message:10"),
          Map.entry("handshake_failure", "0A000410:SSL routines::sslv3 alert handshake failure:40"),
          Map.entry("bad_certificate", "0A000412:SSL routines::sslv3 alert bad certificate:42"),
          Map.entry(
              "unsupported_certificate",
              "0A000413:SSL routines::sslv3 alert unsupported certificate:43"),
          Map.entry(
              "certificate_revoked", "0A000414:SSL routines::sslv3 alert certificate revoked:44"),
          Map.entry(
              "certificate_expired", "0A000415:SSL routines::sslv3 alert certificate expired:45"),
          Map.entry(
              "certificate_unknown", "0A000416:SSL routines::sslv3 alert certificate unknown:46"),
          Map.entry("illegal_parameter", "0A000417:SSL routines::sslv3 alert illegal parameter:47"),
          Map.entry("unknown_ca", "0A000418:SSL routines::tlsv1 alert unknown ca:48"),
          Map.entry("access_denied", "0A000419:SSL routines::tlsv1 alert access denied:49"),
          Map.entry("decode_error", "0A00041A:SSL routines::tlsv1 alert decode error:50"),
          Map.entry("decrypt_error", "0A00041B:SSL routines::tlsv1 alert decrypt error:51"),
          Map.entry("protocol_version", "0A00042E:SSL routines::tlsv1 alert protocol version:70"),
          Map.entry(
              "insufficient_security",
              "0A00042F:SSL routines::tlsv1 alert insufficient security:71"),
          Map.entry("internal_error", "0A000438:SSL routines::tlsv1 alert internal error:80"),
          Map.entry("unrecognized_name", "0A000458:SSL routines::tlsv1 unrecognized name:112"),
          Map.entry(
              "certificate_required",
              "0A00045C:SSL routines::tlsv13 alert certificate required:116"),
          Map.entry(
              "no_application_protocol",
              "0A000460:SSL routines::tlsv1 alert no application protocol:120"));

  private HandshakeWords() {}

  static String of(TransportException failure, String name) {
    if (failure.getCause() instanceof RefusedCertificate refused) {
      TrustError error = refused.error();
      return error == null
          ? "upstream SSL certificate does not match \"" + name + "\""
          : "upstream SSL certificate verify error: (" + error + ")";
    }
    String reason = String.valueOf(failure.getMessage());
    int alert = reason.indexOf(ALERT);
    if (alert >= 0) {
      String known = ALERTS.get(reason.substring(alert + ALERT.length()).strip());
      if (known != null) {
        int number = known.lastIndexOf(':');
        reason =
            "SSL: error:%s:SSL alert number %s"
                .formatted(known.substring(0, number), known.substring(number + 1));
      }
    } else if (reason.contains("not an SSL/TLS record")) {
      reason = "SSL: error:0A00010B:SSL routines::wrong version number";
    }
    return "SSL_do_handshake() failed (" + reason + ")";
  }
}
