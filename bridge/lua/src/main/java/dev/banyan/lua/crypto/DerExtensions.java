package dev.banyan.lua.crypto;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The extensions of a certificate in their order, which Java doesn't tell. */
public final class DerExtensions {
  private static final int EXTENSIONS = 0xa3;
  private static final int BOOLEAN = 0x01;

  private DerExtensions() {}

  /**
   * An extension.
   *
   * @param object its kind, as dotted numbers
   * @param critical whether who doesn't know it must refuse the certificate
   * @param octets its value
   */
  public record Extension(String object, boolean critical, byte[] octets) {
    private byte[] der() {
      byte[] told = critical ? new byte[] {BOOLEAN, 1, (byte) 0xff} : Der.NOTHING;
      return Der.item(Der.SEQUENCE, Der.object(object), told, Der.item(Der.OCTETS, octets));
    }
  }

  /** Extensions as a list of DER. */
  static byte[] der(List<Extension> extensions) {
    return Der.item(Der.SEQUENCE, extensions.stream().map(Extension::der).toArray(byte[][]::new));
  }

  /** The extensions of the list at {@code at}. */
  static List<Extension> read(byte[] der, int at) {
    List<Extension> found = new ArrayList<>();
    for (int each = Der.content(der, at); each < Der.end(der, at); each = Der.end(der, each)) {
      found.add(extension(der, each));
    }
    return found;
  }

  /** The extensions of a certificate. */
  public static List<Extension> of(X509Certificate certificate)
      throws CertificateEncodingException {
    byte[] der = certificate.getTBSCertificate();
    List<Extension> found = new ArrayList<>();
    for (int at = Der.content(der, 0); at < Der.end(der, 0); at = Der.end(der, at)) {
      if (Der.tag(der, at) == EXTENSIONS) {
        found.addAll(read(der, Der.content(der, at)));
      }
    }
    return found;
  }

  private static Extension extension(byte[] der, int at) {
    int object = Der.content(der, at);
    int next = Der.end(der, object);
    boolean told = Der.tag(der, next) == BOOLEAN;
    boolean critical = told && der[Der.content(der, next)] != 0;
    int value = told ? Der.end(der, next) : next;
    byte[] octets = Arrays.copyOfRange(der, Der.content(der, value), Der.end(der, value));
    return new Extension(DerName.dotted(der, object), critical, octets);
  }
}
