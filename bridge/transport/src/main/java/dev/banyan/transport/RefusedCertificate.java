package dev.banyan.transport;

import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;

/** A server's certificate that was refused, in the words of a cosocket. */
public final class RefusedCertificate extends CertificateException {
  private static final long serialVersionUID = 1;

  private final transient @Nullable TrustError error;

  RefusedCertificate(@Nullable TrustError error) {
    super(error == null ? "certificate host mismatch" : error.code() + ": " + error.text());
    this.error = error;
  }

  /** Why its chain is not trusted; null when it is, and is another host's. */
  public @Nullable TrustError error() {
    return error;
  }
}
