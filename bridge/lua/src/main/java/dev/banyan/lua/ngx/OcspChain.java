package dev.banyan.lua.ngx;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A certificate and the one that issued it, the first two of a chain in DER, as OCSP looks at them.
 *
 * @param issuer null when the chain has one certificate only
 */
record OcspChain(X509Certificate leaf, @Nullable X509Certificate issuer) {
  static final String UNREADABLE = "d2i_X509_bio() failed";
  static final String NO_ISSUER = "no issuer certificate in chain";

  private static final String AUTHORITY_INFO_ACCESS = "1.3.6.1.5.5.7.1.1";
  private static final byte[] OCSP_METHOD = HexFormat.of().parseHex("2b06010505073001");
  private static final byte[] SHA1 = HexFormat.of().parseHex("2b0e03021a");
  private static final int URI_NAME = 0x86;

  /** What a chain lacks, in lua-nginx-module's words. */
  static final class Unfit extends Exception {
    private static final long serialVersionUID = 1;

    Unfit(String message) {
      super(message, null, false, false);
    }
  }

  static OcspChain of(byte[] der) throws Unfit {
    X509Certificate leaf = certificate(der, 0);
    int second = length(der);
    return new OcspChain(leaf, second < der.length ? certificate(der, second) : null);
  }

  private static X509Certificate certificate(byte[] der, int start) throws Unfit {
    byte[] rest = Arrays.copyOfRange(der, start, der.length);
    try {
      Der element = Der.first(rest).expect(Der.SEQUENCE);
      return certificate(element);
    } catch (Der.Malformed | GeneralSecurityException e) {
      throw new Unfit(UNREADABLE);
    }
  }

  static X509Certificate certificate(Der element) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(element.encoded()));
  }

  private static int length(byte[] der) throws Unfit {
    try {
      return Der.first(der).encoded().length;
    } catch (Der.Malformed e) {
      throw new Unfit(UNREADABLE);
    }
  }

  X509Certificate requiredIssuer() throws Unfit {
    if (issuer == null) {
      throw new Unfit(NO_ISSUER);
    }
    return issuer;
  }

  /** Whether the second certificate is the one that the first names. */
  boolean issued() throws Unfit {
    return requiredIssuer().getSubjectX500Principal().equals(leaf.getIssuerX500Principal());
  }

  /** The first OCSP responder that the certificate names; null when it names none. */
  @Nullable String responder() throws Der.Malformed {
    byte[] extension = leaf.getExtensionValue(AUTHORITY_INFO_ACCESS);
    if (extension == null) {
      return null;
    }
    Der descriptions = Der.first(Der.first(extension).expect(Der.OCTET_STRING).content());
    for (Der description : descriptions.expect(Der.SEQUENCE).children()) {
      Der place = description.child(1);
      if (Arrays.equals(description.child(0).content(), OCSP_METHOD) && place.tag() == URI_NAME) {
        return new String(place.content(), StandardCharsets.ISO_8859_1);
      }
    }
    return null;
  }

  /** The {@code CertID} by SHA-1, as OpenSSL makes it. */
  byte[] id() throws Unfit, Der.Malformed, GeneralSecurityException {
    byte[] algorithm = Der.encode(Der.SEQUENCE, Der.encode(Der.OID, SHA1), Der.encode(Der.NULL));
    return Der.encode(
        Der.SEQUENCE,
        algorithm,
        Der.encode(Der.OCTET_STRING, sha1(leaf.getIssuerX500Principal().getEncoded())),
        Der.encode(Der.OCTET_STRING, keyHash(requiredIssuer().getPublicKey())),
        Der.encode(Der.INTEGER, leaf.getSerialNumber().toByteArray()));
  }

  /** The hash of a key's bits, by which OCSP names it. */
  static byte[] keyHash(PublicKey key) throws Der.Malformed, GeneralSecurityException {
    return sha1(Der.first(key.getEncoded()).child(1).bits());
  }

  private static byte[] sha1(byte[] octets) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-1").digest(octets);
  }
}
