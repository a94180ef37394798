package dev.banyan.lua.crypto;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;

/** Keys on curves of Edwards' and Montgomery's form, which are nothing but octets. */
public final class OctetKeys {
  private OctetKeys() {}

  /**
   * The key that octets are.
   *
   * @param object the curve's dotted numbers
   * @param size how many octets its keys have
   * @param secret whether it is the private half
   */
  public static Optional<Key> key(String object, int size, byte[] octets, boolean secret) {
    if (octets.length != size) {
      return Optional.empty();
    }
    byte[] algorithm = Der.item(Der.SEQUENCE, Der.object(object));
    try {
      boolean montgomery = object.endsWith(".110") || object.endsWith(".111");
      KeyFactory factory = KeyFactory.getInstance(montgomery ? "XDH" : "EdDSA");
      return Optional.of(
          secret
              ? factory.generatePrivate(new PKCS8EncodedKeySpec(inner(algorithm, octets)))
              : factory.generatePublic(new X509EncodedKeySpec(outer(algorithm, octets))));
    } catch (GeneralSecurityException e) {
      return Optional.empty(); // octets that are no point
    }
  }

  private static byte[] inner(byte[] algorithm, byte[] octets) {
    byte[] version = Der.item(Der.INTEGER, new byte[1]);
    byte[] own = Der.item(Der.OCTETS, Der.item(Der.OCTETS, octets));
    return Der.item(Der.SEQUENCE, version, algorithm, own);
  }

  private static byte[] outer(byte[] algorithm, byte[] octets) {
    return Der.item(Der.SEQUENCE, algorithm, Der.item(Der.BITS, new byte[1], octets));
  }
}
