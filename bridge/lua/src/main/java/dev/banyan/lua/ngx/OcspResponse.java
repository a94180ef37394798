package dev.banyan.lua.ngx;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** Looks at an OCSP response as lua-nginx-module does by OpenSSL: RFC 6960. */
final class OcspResponse {
  private static final byte[] BASIC = HexFormat.of().parseHex("2b0601050507300101");
  private static final Duration SKEW = Duration.ofMinutes(5);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'", Locale.ROOT);
  private static final int CONTEXT_0 = 0xa0;
  private static final int CONTEXT_1 = 0xa1;
  private static final int CONTEXT_2 = 0xa2;
  private static final int GOOD = 0x80;

  private final Der basic;

  private OcspResponse(Der basic) {
    this.basic = basic;
  }

  /** Why it doesn't tell that the chain's certificate is good; null when it does. */
  static @Nullable String refusal(byte[] response, OcspBytes chain, Instant now) {
    Der whole;
    int status;
    try {
      whole = Der.first(response).expect(Der.SEQUENCE);
      status = whole.child(0).expect(Der.ENUMERATED).content()[0];
    } catch (Der.Malformed | IndexOutOfBoundsException e) {
      return "d2i_OCSP_RESPONSE() failed";
    }
    if (status != 0) {
      return "OCSP response not successful (" + status + ": " + name(status) + ")";
    }
    OcspResponse read;
    try {
      read = new OcspResponse(basic(whole));
    } catch (Der.Malformed e) {
      return "OCSP_response_get1_basic() failed";
    }
    try {
      return read.refusal(OcspChain.of(chain.octets()), now);
    } catch (OcspChain.Unfit e) {
      return e.getMessage();
    }
  }

  /** A chain that is not read yet: what is wrong with the response is told first. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record OcspBytes(byte[] octets) {}

  private static String name(int status) {
    return switch (status) {
      case 1 -> "malformedrequest";
      case 2 -> "internalerror";
      case 3 -> "trylater";
      case 5 -> "sigrequired";
      case 6 -> "unauthorized";
      default -> "(UNKNOWN)";
    };
  }

  private static Der basic(Der whole) throws Der.Malformed {
    Der bytes = whole.child(1).expect(CONTEXT_0).child(0).expect(Der.SEQUENCE);
    if (!Arrays.equals(bytes.child(0).expect(Der.OID).content(), BASIC)) {
      throw new Der.Malformed("not a basic response");
    }
    Der basic = Der.first(bytes.child(1).expect(Der.OCTET_STRING).content()).expect(Der.SEQUENCE);
    basic.child(2).bits();
    return basic;
  }

  private @Nullable String refusal(OcspChain chain, Instant now) throws OcspChain.Unfit {
    X509Certificate issuer = chain.requiredIssuer();
    try {
      if (!signed(issuer)) {
        return "OCSP_basic_verify() failed";
      }
    } catch (Der.Malformed | GeneralSecurityException e) {
      return "OCSP_basic_verify() failed";
    }
    try {
      Der single = single(chain.id());
      if (single == null) {
        return "certificate status not found in the OCSP response";
      }
      int status = single.child(1).tag();
      if (status != GOOD) {
        String text = status == CONTEXT_1 ? "revoked" : "unknown";
        return "certificate status \"" + text + "\" in the OCSP response";
      }
      return valid(single, now) ? null : "OCSP_check_validity() failed";
    } catch (Der.Malformed | GeneralSecurityException e) {
      return "certificate status not found in the OCSP response";
    }
  }

  // ---- who signed it

  /** The responder's data; its first element is the version, where there is one. */
  private List<Der> data() throws Der.Malformed {
    List<Der> data = basic.child(0).expect(Der.SEQUENCE).children();
    return !data.isEmpty() && data.getFirst().tag() == CONTEXT_0
        ? data.subList(1, data.size())
        : data;
  }

  private boolean signed(X509Certificate issuer) throws Der.Malformed, GeneralSecurityException {
    List<X509Certificate> candidates = new ArrayList<>();
    candidates.add(issuer);
    if (basic.children().size() > 3) {
      for (Der sent : basic.child(3).expect(CONTEXT_0).child(0).children()) {
        candidates.add(OcspChain.certificate(sent));
      }
    }
    List<Der> data = data();
    if (data.isEmpty()) {
      return false;
    }
    for (X509Certificate candidate : candidates) {
      if (isResponder(data.getFirst(), candidate)) {
        return verifies(candidate.getPublicKey());
      }
    }
    return false;
  }

  private static boolean isResponder(Der id, X509Certificate candidate)
      throws Der.Malformed, GeneralSecurityException {
    return switch (id.tag()) {
      case CONTEXT_1 ->
          new X500Principal(id.child(0).encoded()).equals(candidate.getSubjectX500Principal());
      case CONTEXT_2 ->
          Arrays.equals(id.child(0).content(), OcspChain.keyHash(candidate.getPublicKey()));
      default -> false;
    };
  }

  private boolean verifies(PublicKey key) throws Der.Malformed, GeneralSecurityException {
    Signature signature =
        Signature.getInstance(oid(basic.child(1).child(0).expect(Der.OID).content()));
    signature.initVerify(key);
    signature.update(basic.child(0).encoded());
    return signature.verify(basic.child(2).bits());
  }

  /** The dotted form. */
  private static String oid(byte[] content) {
    StringBuilder text = new StringBuilder();
    long arc = 0;
    for (byte octet : content) {
      arc = (arc << 7) | (octet & 0x7f);
      if (octet >= 0) {
        if (text.isEmpty()) {
          long first = Math.min(arc / 40, 2);
          text.append(first).append('.').append(arc - first * 40);
        } else {
          text.append('.').append(arc);
        }
        arc = 0;
      }
    }
    return text.toString();
  }

  // ---- what it says

  private @Nullable Der single(byte[] id) throws Der.Malformed {
    List<Der> wanted = Der.first(id).children();
    for (Der single : data().get(2).children()) {
      List<Der> named = single.child(0).children();
      boolean same =
          named.size() == wanted.size()
              && Arrays.equals(named.get(0).child(0).encoded(), wanted.get(0).child(0).encoded());
      for (int i = 1; same && i < wanted.size(); i++) {
        same = Arrays.equals(named.get(i).encoded(), wanted.get(i).encoded());
      }
      if (same) {
        return single;
      }
    }
    return null;
  }

  private static boolean valid(Der single, Instant now) throws Der.Malformed {
    List<Der> fields = single.children();
    Instant from = time(single.child(2));
    if (from.isAfter(now.plus(SKEW))) {
      return false;
    }
    if (fields.size() < 4 || fields.get(3).tag() != CONTEXT_0) {
      return true;
    }
    Instant until = time(fields.get(3).child(0));
    return !until.isBefore(now.minus(SKEW)) && !until.isBefore(from);
  }

  private static Instant time(Der field) throws Der.Malformed {
    String text =
        new String(field.expect(Der.GENERALIZED_TIME).content(), StandardCharsets.ISO_8859_1);
    try {
      return LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw new Der.Malformed("not a time: " + text);
    }
  }
}
