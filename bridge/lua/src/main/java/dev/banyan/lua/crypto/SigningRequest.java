package dev.banyan.lua.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Owned by one machine: a request for a certificate (PKCS #10), which is made, signed and read. */
public final class SigningRequest {
  private static final String EXTENSIONS = "1.2.840.113549.1.9.14";
  private static final int ATTRIBUTES = 0xa0;

  /** What the version of a new one is told to be, which is written as zero. */
  private static final long UNSET = -1;

  /** One less than people say. */
  public long version = UNSET;

  public DerName subject = new DerName(List.of());
  public @Nullable PublicKey key;

  /** What was asked for, once for each time that extensions were added. */
  public final List<List<DerExtensions.Extension>> extensions = new ArrayList<>();

  private byte @Nullable [] signed;
  private byte @Nullable [] algorithm;
  private byte @Nullable [] signature;

  /** A request that is nobody's yet. */
  public SigningRequest() {}

  /** The request that octets are; empty when they are none. */
  public static Optional<SigningRequest> of(byte[] der) {
    try {
      SigningRequest read = new SigningRequest();
      int body = Der.content(der, 0);
      int algorithm = Der.end(der, body);
      int bits = Der.end(der, algorithm);
      if (Der.tag(der, 0) != Der.SEQUENCE || Der.tag(der, bits) != Der.BITS) {
        return Optional.empty();
      }
      read.signed = Der.whole(der, body);
      read.algorithm = Der.whole(der, algorithm);
      read.signature = Arrays.copyOfRange(der, Der.content(der, bits) + 1, Der.end(der, bits));
      return read.readBody(der, body);
    } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
      return Optional.empty(); // it ends too early
    }
  }

  private Optional<SigningRequest> readBody(byte[] der, int body) {
    int at = Der.content(der, body);
    version = new BigInteger(content(der, at)).longValue();
    int name = Der.end(der, at);
    subject = DerName.of(Der.whole(der, name));
    int known = Der.end(der, name);
    Optional<PublicKey> read = PemKeys.derPublicKey(Der.whole(der, known));
    int attributes = Der.end(der, known);
    if (attributes < Der.end(der, body) && Der.tag(der, attributes) == ATTRIBUTES) {
      readAttributes(der, attributes);
    }
    read.ifPresent(found -> key = found);
    return read.map(found -> this);
  }

  private void readAttributes(byte[] der, int all) {
    for (int each = Der.content(der, all); each < Der.end(der, all); each = Der.end(der, each)) {
      int object = Der.content(der, each);
      if (DerName.dotted(der, object).equals(EXTENSIONS)) {
        extensions.add(DerExtensions.read(der, Der.content(der, Der.end(der, object))));
      }
    }
  }

  private static byte[] content(byte[] der, int at) {
    return Arrays.copyOfRange(der, Der.content(der, at), Der.end(der, at));
  }

  private byte[] body(PublicKey holder) {
    byte[][] attributes = new byte[extensions.size()][];
    for (int i = 0; i < attributes.length; i++) {
      attributes[i] =
          Der.item(
              Der.SEQUENCE,
              Der.object(EXTENSIONS),
              Der.item(Der.SET, DerExtensions.der(extensions.get(i))));
    }
    return Der.item(
        Der.SEQUENCE,
        Der.item(Der.INTEGER, BigInteger.valueOf(Math.max(0, version)).toByteArray()),
        subject.der(),
        holder.getEncoded(),
        Der.item(ATTRIBUTES, attributes));
  }

  /** Signs it by what was begun; false while it has no key. */
  public boolean sign(Signature by, String algorithmName) throws GeneralSecurityException {
    if (key == null) {
      return false;
    }
    byte[] body = body(key);
    by.update(body);
    signed = body;
    algorithm = Algorithms.der(algorithmName);
    signature = by.sign();
    return true;
  }

  /** Its octets; empty while it isn't signed. */
  public Optional<byte[]> der() {
    return signed == null || algorithm == null || signature == null
        ? Optional.empty()
        : Optional.of(
            Der.item(
                Der.SEQUENCE, signed, algorithm, Der.item(Der.BITS, new byte[] {0}, signature)));
  }

  /** The dotted numbers of how it is signed; "" while it isn't. */
  public String algorithm() {
    return algorithm == null ? "" : DerName.dotted(algorithm, Der.content(algorithm, 0));
  }

  /** Whether a key has signed it. */
  public boolean isSignedBy(PublicKey by) throws GeneralSecurityException {
    if (signed == null || signature == null) {
      return false;
    }
    Signature reader = Signature.getInstance(algorithm());
    reader.initVerify(by);
    reader.update(signed);
    return reader.verify(signature);
  }

  /** Another one with all that this one has. */
  public SigningRequest copy() {
    SigningRequest copy = new SigningRequest();
    copy.version = version;
    copy.subject = subject;
    copy.key = key;
    copy.extensions.addAll(extensions);
    copy.signed = signed;
    copy.algorithm = algorithm;
    copy.signature = signature;
    return copy;
  }
}
