package dev.banyan.transport;

/**
 * Why a chain of certificates is not trusted.
 *
 * @param code OpenSSL's number
 * @param text OpenSSL's words
 */
public record TrustError(int code, String text) {
  static final TrustError NO_ISSUER = new TrustError(2, "unable to get issuer certificate");
  static final TrustError NO_CRL = new TrustError(3, "unable to get certificate CRL");
  static final TrustError SIGNATURE = new TrustError(7, "certificate signature failure");
  static final TrustError NOT_YET = new TrustError(9, "certificate is not yet valid");
  static final TrustError EXPIRED = new TrustError(10, "certificate has expired");
  static final TrustError CRL_EXPIRED = new TrustError(12, "CRL has expired");
  static final TrustError SELF_SIGNED = new TrustError(18, "self-signed certificate");
  static final TrustError SELF_SIGNED_ABOVE =
      new TrustError(19, "self-signed certificate in certificate chain");
  static final TrustError NO_LOCAL_ISSUER =
      new TrustError(20, "unable to get local issuer certificate");
  static final TrustError FIRST_ALONE =
      new TrustError(21, "unable to verify the first certificate");
  static final TrustError TOO_LONG = new TrustError(22, "certificate chain too long");
  static final TrustError REVOKED = new TrustError(23, "certificate revoked");
  static final TrustError NOT_AUTHORITY = new TrustError(79, "invalid CA certificate");
  static final TrustError PATH_LENGTH = new TrustError(25, "path length constraint exceeded");
  static final TrustError PURPOSE = new TrustError(26, "unsuitable certificate purpose");
  static final TrustError REJECTED = new TrustError(28, "certificate rejected");
  static final TrustError MUTE =
      new TrustError(32, "key usage does not include certificate signing");
  static final TrustError CRITICAL = new TrustError(34, "unhandled critical extension");
  static final TrustError NAME = new TrustError(47, "permitted subtree violation");
  static final TrustError ALGORITHM = new TrustError(68, "CA signature digest algorithm too weak");

  /** Whether {@code ssl_verify_client optional_no_ca} overlooks it. */
  public boolean authorityMissing() {
    return code >= SELF_SIGNED.code && code <= FIRST_ALONE.code;
  }

  /** As logs and Lua show it. */
  @Override
  public String toString() {
    return code + ":" + text;
  }
}
