package dev.banyan.transport;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.Map;

/** Whether keys go with certificates. */
final class KeyPairs {
  private static final Map<String, String> SIGNATURES =
      Map.of("EC", "SHA256withECDSA", "EdDSA", "EdDSA", "Ed25519", "EdDSA", "Ed448", "EdDSA");

  private KeyPairs() {}

  /**
   * Whether a key is of the same kind as a certificate's and yet not the one to it. OpenSSL refuses
   * these alone: keys of other kinds have places of their own.
   */
  static boolean conflict(X509Certificate certificate, PrivateKey secret) {
    PublicKey shown = certificate.getPublicKey();
    if (shown instanceof RSAKey one && secret instanceof RSAKey other) {
      return !one.getModulus().equals(other.getModulus());
    }
    String algorithm = SIGNATURES.get(shown.getAlgorithm());
    if (algorithm == null || !algorithm.equals(SIGNATURES.get(secret.getAlgorithm()))) {
      return false;
    }
    try {
      byte[] probe = certificate.getEncoded();
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(secret);
      signature.update(probe);
      byte[] signed = signature.sign();
      signature.initVerify(shown);
      signature.update(probe);
      return !signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return true; // keys of different curves: what one signs, the other can't even look at
    }
  }
}
