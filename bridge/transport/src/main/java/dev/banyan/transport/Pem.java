package dev.banyan.transport;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CRLException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Certificates and private keys as OpenSSL writes them: PKCS #8, and the older forms for RSA and
 * for elliptic curves.
 */
public final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");
  private static final byte[] RSA = {
    0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
  };
  private static final byte[] ELLIPTIC = {
    0x06, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1
  };
  private static final byte[] VERSION = {2, 1, 0};
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final int PARAMETERS = 0xa0;

  private Pem() {}

  /** A chain and its key from their files, the key opened by a password of a third file if any. */
  static TlsIdentity identity(Path chain, Path key, @Nullable Path passwords)
      throws IOException, GeneralSecurityException {
    TlsIdentity identity =
        new TlsIdentity(
            certificates(Files.readAllBytes(chain)),
            key(Files.readAllBytes(key), PemPasswords.of(passwords)));
    if (KeyPairs.conflict(identity.chain().getFirst(), identity.key())) {
      throw new InvalidKeyException("key values mismatch");
    }
    return identity;
  }

  /**
   * The certificates of a text, in its order.
   *
   * @throws CertificateException when there is none, or one is broken
   */
  public static List<X509Certificate> certificates(byte[] text) throws CertificateException {
    List<X509Certificate> all = new ArrayList<>();
    Matcher block = BLOCK.matcher(new String(text, StandardCharsets.ISO_8859_1));
    while (block.find()) {
      String kind = block.group(1);
      if (kind.equals("CERTIFICATE") || kind.endsWith(" CERTIFICATE")) {
        try {
          all.add(certificate(Base64.getMimeDecoder().decode(block.group(2))));
        } catch (IllegalArgumentException e) {
          throw new CertificateException(e);
        }
      }
    }
    if (all.isEmpty()) {
      throw new CertificateException("no certificate");
    }
    return all;
  }

  /**
   * The lists of revoked certificates of a text.
   *
   * @throws GeneralSecurityException when there is none, or one is broken
   */
  static List<X509CRL> revocations(byte[] text) throws GeneralSecurityException {
    List<X509CRL> all = new ArrayList<>();
    Matcher block = BLOCK.matcher(new String(text, StandardCharsets.ISO_8859_1));
    while (block.find()) {
      if (block.group(1).equals("X509 CRL")) {
        byte[] der = Base64.getMimeDecoder().decode(block.group(2));
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        all.add((X509CRL) factory.generateCRL(new ByteArrayInputStream(der)));
      }
    }
    if (all.isEmpty()) {
      throw new CRLException("no list of revoked certificates");
    }
    return all;
  }

  /** One certificate of its DER octets. */
  public static X509Certificate certificate(byte[] der) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  /** The certificate that the other side showed, as OpenSSL writes it; null when it showed none. */
  static @Nullable String clientCertificate(SSLSession session) {
    try {
      Certificate[] chain = session.getPeerCertificates();
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(chain[0].getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (SSLPeerUnverifiedException e) {
      return null; // the client showed none
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was decoded can be encoded", e);
    }
  }

  /**
   * The certificates whose DER octets stand one after the other.
   *
   * @throws CertificateException when there is none, or one is broken
   */
  public static List<X509Certificate> derCertificates(byte[] der) throws CertificateException {
    ByteArrayInputStream in = new ByteArrayInputStream(der);
    List<X509Certificate> all = new ArrayList<>();
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    while (all.isEmpty() || in.available() > 0) {
      all.add((X509Certificate) factory.generateCertificate(in));
    }
    return all;
  }

  /**
   * A private key of its DER octets, in any of the three forms.
   *
   * @throws GeneralSecurityException when it can't be read
   */
  public static PrivateKey derKey(byte[] der) throws GeneralSecurityException {
    GeneralSecurityException failure = new InvalidKeyException("not a private key");
    for (String kind : List.of("PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY")) {
      try {
        return key(kind, der);
      } catch (InvalidKeySpecException | InvalidKeyException e) {
        failure = e;
      }
    }
    throw failure;
  }

  /**
   * The first private key of a text.
   *
   * @throws GeneralSecurityException when there is none that can be read
   */
  public static PrivateKey key(byte[] text) throws GeneralSecurityException {
    return key(text, PemPasswords.NONE);
  }

  /**
   * The first private key of a text, which the password opens if it is closed.
   *
   * @throws GeneralSecurityException when there is none that can be read
   */
  public static PrivateKey key(byte[] text, byte[] password) throws GeneralSecurityException {
    return key(text, PemPasswords.of(password));
  }

  private static PrivateKey key(byte[] text, PemPasswords passwords)
      throws GeneralSecurityException {
    Matcher block = BLOCK.matcher(new String(text, StandardCharsets.ISO_8859_1));
    while (block.find()) {
      String kind = block.group(1);
      String content = block.group(2);
      if (kind.endsWith("PRIVATE KEY")) {
        try {
          if (PemPasswords.isOld(content)) {
            return passwords.old(content, der -> key(kind, der));
          }
          byte[] octets = Base64.getMimeDecoder().decode(content);
          return kind.equals("ENCRYPTED PRIVATE KEY")
              ? passwords.modern(octets, Pem::pkcs8)
              : key(kind, octets);
        } catch (IllegalArgumentException e) {
          throw new InvalidKeyException(e);
        }
      }
    }
    throw new InvalidKeyException("no private key");
  }

  private static PrivateKey key(String kind, byte[] der) throws GeneralSecurityException {
    return switch (kind) {
      case "PRIVATE KEY" -> pkcs8(der);
      case "RSA PRIVATE KEY" -> pkcs8(wrapped(RSA, der));
      case "EC PRIVATE KEY" -> pkcs8(wrapped(curve(der), der));
      default -> throw new InvalidKeyException("a key of the kind " + kind + " can't be read");
    };
  }

  private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
    GeneralSecurityException failure = new InvalidKeyException("not a private key");
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException e) {
        failure = e;
      }
    }
    throw failure;
  }

  private static byte[] wrapped(byte[] algorithm, byte[] key) {
    return item(SEQUENCE, joined(VERSION, algorithm, item(OCTETS, key)));
  }

  /** The algorithm of an elliptic key, whose curve stands behind its number. */
  private static byte[] curve(byte[] der) throws InvalidKeyException {
    try {
      int at = content(der, 0);
      at = end(der, at); // version
      at = end(der, at); // number
      if ((der[at] & 0xff) != PARAMETERS) {
        throw new InvalidKeyException("an elliptic key without its curve");
      }
      int start = content(der, at);
      byte[] name = Arrays.copyOfRange(der, start, end(der, at));
      return item(SEQUENCE, joined(ELLIPTIC, name));
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new InvalidKeyException("a broken elliptic key", e);
    }
  }

  /** Where the content of the item at {@code at} begins. */
  private static int content(byte[] der, int at) {
    int size = der[at + 1];
    return size >= 0 ? at + 2 : at + 2 + (size & 0x7f);
  }

  /** Where the item at {@code at} ends. */
  private static int end(byte[] der, int at) {
    int start = content(der, at);
    int size = 0;
    for (int i = at + 2; i < start; i++) {
      size = (size << 8) | (der[i] & 0xff);
    }
    return start + (start == at + 2 ? der[at + 1] : size);
  }

  private static byte[] item(int tag, byte[] content) {
    int size = content.length;
    byte[] head =
        size < 0x80
            ? new byte[] {(byte) tag, (byte) size}
            : new byte[] {(byte) tag, (byte) 0x82, (byte) (size >> 8), (byte) size};
    return joined(head, content);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
