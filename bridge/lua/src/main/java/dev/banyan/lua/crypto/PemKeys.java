package dev.banyan.lua.crypto;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys for signatures and certificates, as a script has them: in PEM, without a password. */
public final class PemKeys {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "XDH");

  private static final byte[] RSA_ALGORITHM = {
    0x30, 0x0d, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
  };

  private static final byte[] ELLIPTIC = {
    0x06, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1
  };

  private static final byte[] VERSION = {2, 1, 0};
  private static final byte[] NONE_UNUSED = {0};
  private static final int PARAMETERS = 0xa0;

  private PemKeys() {}

  /** The first private key; empty when there is none that can be read. */
  public static Optional<PrivateKey> privateKey(byte[] text) {
    return block(text, "RSA PRIVATE KEY")
        .map(der -> modern(RSA_ALGORITHM, der))
        .or(() -> block(text, "EC PRIVATE KEY").flatMap(PemKeys::elliptic))
        .or(() -> block(text, "PRIVATE KEY"))
        .flatMap(PemKeys::readPrivate);
  }

  /** A private key of its DER octets, in PKCS #8 or in the form of its own. */
  public static Optional<PrivateKey> derPrivateKey(byte[] der) {
    return readPrivate(der)
        .or(() -> readPrivate(modern(RSA_ALGORITHM, der)))
        .or(() -> elliptic(der).flatMap(PemKeys::readPrivate));
  }

  private static Optional<PrivateKey> readPrivate(byte[] der) {
    return any(factory -> factory.generatePrivate(new PKCS8EncodedKeySpec(der)));
  }

  /** A key of an older form as PKCS #8 has it. */
  private static byte[] modern(byte[] algorithm, byte[] key) {
    return Der.item(Der.SEQUENCE, VERSION, algorithm, Der.item(Der.OCTETS, key));
  }

  /** An elliptic key of its own form, which names its curve behind its number. */
  private static Optional<byte[]> elliptic(byte[] der) {
    try {
      int number = Der.end(der, Der.content(der, 0)); // behind the version
      int curve = Der.end(der, number);
      if (Der.tag(der, curve) != PARAMETERS) {
        return Optional.empty();
      }
      byte[] name = Arrays.copyOfRange(der, Der.content(der, curve), Der.end(der, curve));
      return Optional.of(modern(Der.item(Der.SEQUENCE, ELLIPTIC, name), der));
    } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
      return Optional.empty(); // it ends too early
    }
  }

  /** The first public key; empty when there is none that can be read. */
  public static Optional<PublicKey> publicKey(byte[] text) {
    return block(text, "RSA PUBLIC KEY")
        .map(der -> Der.item(Der.SEQUENCE, RSA_ALGORITHM, Der.item(Der.BITS, NONE_UNUSED, der)))
        .or(() -> block(text, "PUBLIC KEY"))
        .flatMap(PemKeys::derPublicKey);
  }

  /** A public key of its DER octets. */
  public static Optional<PublicKey> derPublicKey(byte[] der) {
    return any(factory -> factory.generatePublic(new X509EncodedKeySpec(der)));
  }

  /** The first certificate; empty when there is none that can be read. */
  public static Optional<X509Certificate> certificate(byte[] text) {
    return block(text, "CERTIFICATE").flatMap(PemKeys::derCertificate);
  }

  /** A certificate of its DER octets. */
  public static Optional<X509Certificate> derCertificate(byte[] der) {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      return Optional.of(
          (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /** The octets of the first request for a certificate; empty when there is none. */
  public static Optional<byte[]> request(byte[] text) {
    return block(text, "CERTIFICATE REQUEST").or(() -> block(text, "NEW CERTIFICATE REQUEST"));
  }

  /** Reads a key of one algorithm. */
  private interface Reader<T> {
    T read(KeyFactory factory) throws GeneralSecurityException;
  }

  private static <T> Optional<T> any(Reader<T> reader) {
    return ALGORITHMS.stream().flatMap(name -> one(name, reader).stream()).findFirst();
  }

  /** A key of one algorithm; empty when it is another's, or none. */
  private static <T> Optional<T> one(String algorithm, Reader<T> reader) {
    try {
      return Optional.of(reader.read(KeyFactory.getInstance(algorithm)));
    } catch (GeneralSecurityException | ProviderException e) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> block(byte[] text, String kind) {
    Matcher block = BLOCK.matcher(new String(text, StandardCharsets.ISO_8859_1));
    while (block.find()) {
      if (block.group(1).equals(kind)) {
        try {
          return Optional.of(Base64.getMimeDecoder().decode(block.group(2)));
        } catch (IllegalArgumentException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }
}
