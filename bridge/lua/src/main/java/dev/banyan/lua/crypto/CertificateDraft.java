package dev.banyan.lua.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Owned by one machine: a certificate that is being made, or changed, and not signed anew yet. */
public final class CertificateDraft {
  private static final int VERSION = 0xa0;
  private static final int EXTENSIONS = 0xa3;

  /** One less than people say. */
  public long version;

  public BigInteger serial = BigInteger.ZERO;
  public DerName issuer = new DerName(List.of());
  public DerName subject = new DerName(List.of());
  public @Nullable PublicKey key;
  public final List<DerExtensions.Extension> extensions = new ArrayList<>();

  /** A certificate that tells nothing yet. */
  public CertificateDraft() {}

  /** What a certificate tells. */
  public CertificateDraft(X509Certificate certificate) throws CertificateEncodingException {
    version = certificate.getVersion() - 1L;
    serial = certificate.getSerialNumber();
    issuer = DerName.of(certificate.getIssuerX500Principal().getEncoded());
    subject = DerName.of(certificate.getSubjectX500Principal().getEncoded());
    key = certificate.getPublicKey();
    extensions.addAll(DerExtensions.of(certificate));
  }

  /** Another one that tells the same. */
  public CertificateDraft copy() {
    CertificateDraft copy = new CertificateDraft();
    copy.version = version;
    copy.serial = serial;
    copy.issuer = issuer;
    copy.subject = subject;
    copy.key = key;
    copy.extensions.addAll(extensions);
    return copy;
  }

  /**
   * A time.
   *
   * @param tag the tag, of the short or the long form
   * @param octets its digits
   */
  public record Time(int tag, byte[] octets) {
    private byte[] der() {
      return Der.item(tag, octets);
    }
  }

  /** The certificate, signed by what was begun; empty while it has no key. */
  public Optional<byte[]> sign(Signature by, String algorithmName, Time from, Time until)
      throws GeneralSecurityException {
    if (key == null) {
      return Optional.empty();
    }
    byte[] algorithm = Algorithms.der(algorithmName);
    byte[] number = BigInteger.valueOf(version).toByteArray();
    byte[] body =
        Der.item(
            Der.SEQUENCE,
            version == 0 ? Der.NOTHING : Der.item(VERSION, Der.item(Der.INTEGER, number)),
            Der.item(Der.INTEGER, serial.toByteArray()),
            algorithm,
            issuer.der(),
            Der.item(Der.SEQUENCE, from.der(), until.der()),
            subject.der(),
            key.getEncoded(),
            extensions.isEmpty()
                ? Der.NOTHING
                : Der.item(EXTENSIONS, DerExtensions.der(extensions)));
    by.update(body);
    byte[] signature = Der.item(Der.BITS, new byte[] {0}, by.sign());
    return Optional.of(Der.item(Der.SEQUENCE, body, algorithm, signature));
  }
}
