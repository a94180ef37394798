package dev.banyan.transport;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a chain of certificates step by step as OpenSSL does, so that the same error comes out
 * where several things are wrong. Immutable.
 *
 * @param trusted authorities that need no other's word
 * @param revocations lists of revoked certificates, one for each authority; null for no look
 * @param depth the most certificates between the first and the authority that is trusted
 * @param told which of several errors comes out
 */
record ChainCheck(
    List<X509Certificate> trusted,
    @Nullable List<X509CRL> revocations,
    int depth,
    Purpose purpose,
    Told told) {
  private static final String CONSTRAINTS = "2.5.29.19";
  private static final int SIGNS_CERTIFICATES = 5;

  /** What a certificate is shown for. */
  enum Purpose {
    /** By a client: RFC 5280's id-kp-clientAuth. */
    CLIENT("1.3.6.1.5.5.7.3.2"),
    /** By a server: id-kp-serverAuth. */
    SERVER("1.3.6.1.5.5.7.3.1");

    private final String usage;

    Purpose(String usage) {
      this.usage = usage;
    }
  }

  /** Which of several errors is told. */
  enum Told {
    /** The first ends the check. */
    FIRST,
    /** The check goes on, as under nginx's callback, and the last stands. */
    LAST
  }

  /** Copies the lists. */
  ChainCheck {
    trusted = List.copyOf(trusted);
    revocations = revocations == null ? null : List.copyOf(revocations);
  }

  /** Why a chain, its own certificate first, is not trusted at a moment; null when it is. */
  @Nullable TrustError verify(List<X509Certificate> shown, Instant now) {
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(shown.getFirst());
    int untrusted = extend(chain, shown, now);
    Errors errors = new Errors(told);
    ending(chain, untrusted, errors);
    for (int i = 0; i < chain.size() && !errors.over(); i++) {
      errors.add(i == 0 ? null : authority(chain.get(i), i - 1));
      errors.add(fits(chain.get(i), i > 0) ? null : TrustError.PURPOSE);
    }
    for (int i = 0; revocations != null && i < chain.size() && !errors.over(); i++) {
      errors.add(revocation(chain.get(i), revocations, now));
    }
    if (!errors.over()) {
      signatures(chain, now, errors);
    }
    TrustError found = errors.result();
    return found == null ? PathRules.broken(chain, now) : found;
  }

  /** Owned by one check: what was found so far. */
  private static final class Errors {
    private final Told told;
    private @Nullable TrustError found;

    Errors(Told told) {
      this.told = told;
    }

    void add(@Nullable TrustError error) {
      found = error == null || over() ? found : error;
    }

    boolean over() {
      return found != null && told == Told.FIRST;
    }

    @Nullable TrustError result() {
      return found;
    }
  }

  /** Looks issuers up; answers how many of the chain came from the other side. */
  private int extend(List<X509Certificate> chain, List<X509Certificate> shown, Instant now) {
    int untrusted = trusted.contains(chain.getFirst()) && selfSigned(chain.getFirst()) ? 0 : 1;
    while (chain.size() <= depth + 1 && !selfSigned(chain.getLast())) {
      X509Certificate last = chain.getLast();
      X509Certificate issuer = issuer(last, trusted, chain, now);
      if (issuer == null && untrusted == chain.size()) {
        issuer = issuer(last, shown, chain, now);
        untrusted += issuer == null || trusted.contains(issuer) ? 0 : 1;
      }
      if (issuer == null) {
        break;
      }
      chain.add(issuer);
    }
    return untrusted;
  }

  /**
   * Who has signed a certificate, or at least has the name for it: of an authority that was renewed
   * the one that is in its time, or else the one that lasts longest.
   */
  private static @Nullable X509Certificate issuer(
      X509Certificate of, List<X509Certificate> among, List<X509Certificate> used, Instant now) {
    X509Certificate named = null;
    X509Certificate signer = null;
    for (X509Certificate each : among) {
      if (each.getSubjectX500Principal().equals(of.getIssuerX500Principal())
          && !used.contains(each)) {
        if (signed(of, each)) {
          if (time(each, now) == null) {
            return each;
          }
          boolean longer = signer == null || end(each).isAfter(end(signer));
          signer = longer ? each : signer;
        }
        named = named == null ? each : named;
      }
    }
    return signer == null ? named : signer;
  }

  private void ending(List<X509Certificate> chain, int untrusted, Errors errors) {
    X509Certificate last = chain.getLast();
    if (selfSigned(last) && trusted.contains(last)) {
      return;
    }
    if (chain.size() > depth + 1) {
      errors.add(TrustError.TOO_LONG);
    }
    if (selfSigned(last)) {
      errors.add(chain.size() == 1 ? TrustError.SELF_SIGNED : TrustError.SELF_SIGNED_ABOVE);
    } else {
      errors.add(untrusted < chain.size() ? TrustError.NO_ISSUER : TrustError.NO_LOCAL_ISSUER);
    }
  }

  private static @Nullable TrustError authority(X509Certificate certificate, int below) {
    int length = certificate.getBasicConstraints();
    if (length < 0) {
      return isOld(certificate) ? null : TrustError.NOT_AUTHORITY;
    }
    boolean[] usage = certificate.getKeyUsage();
    if (usage != null && !usage[SIGNS_CERTIFICATES]) {
      return TrustError.NOT_AUTHORITY;
    }
    return below > length ? TrustError.PATH_LENGTH : null;
  }

  private boolean fits(X509Certificate certificate, boolean authority) {
    try {
      List<String> extended = certificate.getExtendedKeyUsage();
      if (extended != null && !extended.contains(purpose.usage)) {
        return false; // nor does the usage for anything do
      }
    } catch (CertificateParsingException e) {
      return false;
    }
    boolean[] usage = certificate.getKeyUsage();
    if (authority) {
      return maySign(certificate, usage);
    }
    if (usage == null) {
      return true;
    }
    boolean encrypts = purpose == Purpose.SERVER && usage[2]; // keyEncipherment
    return usage[0] || usage[4] || encrypts; // digitalSignature, keyAgreement
  }

  private static boolean maySign(X509Certificate certificate, boolean @Nullable [] usage) {
    if (certificate.getBasicConstraints() >= 0) {
      return usage == null || usage[SIGNS_CERTIFICATES];
    }
    return certificate.getExtensionValue(CONSTRAINTS) == null
        && (usage == null ? isOld(certificate) : usage[SIGNS_CERTIFICATES]);
  }

  /** From before there were extensions that could tell. */
  private static boolean isOld(X509Certificate certificate) {
    return certificate.getVersion() == 1 && selfSigned(certificate);
  }

  private static @Nullable TrustError revocation(
      X509Certificate certificate, List<X509CRL> lists, Instant now) {
    for (X509CRL list : lists) {
      if (list.getIssuerX500Principal().equals(certificate.getIssuerX500Principal())) {
        if (list.isRevoked(certificate)) {
          return TrustError.REVOKED;
        }
        Date next = list.getNextUpdate();
        return next != null && now.isAfter(next.toInstant()) ? TrustError.CRL_EXPIRED : null;
      }
    }
    return TrustError.NO_CRL;
  }

  /** From the top down: who signed it, and its time. */
  private static void signatures(List<X509Certificate> chain, Instant now, Errors errors) {
    int at = chain.size() - 1;
    X509Certificate above = chain.get(at);
    if (!selfSigned(above)) {
      if (at == 0) {
        errors.add(TrustError.FIRST_ALONE);
      } else {
        at--;
      }
    }
    for (; at >= 0; at--) {
      X509Certificate one = chain.get(at);
      if (!one.equals(above)) {
        boolean[] usage = above.getKeyUsage();
        errors.add(usage == null || usage[SIGNS_CERTIFICATES] ? null : TrustError.MUTE);
        errors.add(signed(one, above) ? null : TrustError.SIGNATURE);
      }
      errors.add(time(one, now));
      above = one;
    }
  }

  private static @Nullable TrustError time(X509Certificate certificate, Instant now) {
    if (now.isBefore(certificate.getNotBefore().toInstant())) {
      return TrustError.NOT_YET;
    }
    return now.isAfter(end(certificate)) ? TrustError.EXPIRED : null;
  }

  private static Instant end(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant();
  }

  private static boolean selfSigned(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  private static boolean signed(X509Certificate one, X509Certificate by) {
    try {
      one.verify(by.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
