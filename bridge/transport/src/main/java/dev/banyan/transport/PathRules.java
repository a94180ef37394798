package dev.banyan.transport;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a chain has to keep to beyond its signatures and times: the names that its authorities may
 * sign for, critical extensions, algorithms that are no longer good enough (RFC 5280, section 6.1).
 * The JDK judges.
 */
final class PathRules {
  private PathRules() {}

  /** What a chain breaks, its own certificate first and the trusted one last; null for nothing. */
  static @Nullable TrustError broken(List<X509Certificate> chain, Instant now) {
    if (chain.size() == 1) {
      return null; // trusted for itself
    }
    try {
      PKIXParameters terms = new PKIXParameters(Set.of(new TrustAnchor(chain.getLast(), null)));
      terms.setRevocationEnabled(false);
      terms.setDate(Date.from(now));
      // the trusted one is a part of the path: the JDK looks at the constraints of no anchor
      CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(chain);
      CertPathValidator.getInstance("PKIX").validate(path, terms);
      return null;
    } catch (CertPathValidatorException e) {
      return named(e.getReason());
    } catch (GeneralSecurityException e) {
      return TrustError.REJECTED;
    }
  }

  private static TrustError named(CertPathValidatorException.Reason reason) {
    if (reason == PKIXReason.INVALID_NAME) {
      return TrustError.NAME;
    }
    if (reason == PKIXReason.UNRECOGNIZED_CRIT_EXT) {
      return TrustError.CRITICAL;
    }
    return reason == CertPathValidatorException.BasicReason.ALGORITHM_CONSTRAINED
        ? TrustError.ALGORITHM
        : TrustError.REJECTED;
  }
}
