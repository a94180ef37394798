package dev.banyan.transport;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The DNS names among a certificate's alternative names (RFC 5280, section 4.2.1.6), octet for
 * octet.
 *
 * <p>Read here because the JDK gives none of them when it dislikes any other name beside them, and
 * the certificate's common name would then count in their place.
 */
final class DnsNames {
  private static final String EXTENSION = "2.5.29.17";
  private static final int OCTET_STRING = 0x04;
  private static final int SEQUENCE = 0x30;
  private static final int DNS_NAME = 0x82;

  private DnsNames() {}

  /** Those of a certificate; null when what should hold them can't be read. */
  static @Nullable List<String> of(X509Certificate certificate) {
    byte[] extension = certificate.getExtensionValue(EXTENSION);
    if (extension == null) {
      return List.of();
    }
    try {
      List<String> names = new ArrayList<>();
      ByteBuffer all = content(content(ByteBuffer.wrap(extension), OCTET_STRING), SEQUENCE);
      while (all.hasRemaining()) {
        int tag = all.get() & 0xff;
        ByteBuffer name = content(all);
        if (tag == DNS_NAME) {
          names.add(StandardCharsets.ISO_8859_1.decode(name).toString());
        }
      }
      return names;
    } catch (BufferUnderflowException | IndexOutOfBoundsException | ArithmeticException e) {
      return null; // cut off, or of a length that nothing has
    }
  }

  private static ByteBuffer content(ByteBuffer in, int tag) {
    if ((in.get() & 0xff) != tag) {
      throw new IndexOutOfBoundsException("another kind of value");
    }
    return content(in);
  }

  /** The octets of a value whose length comes next (X.690, section 8.1.3). */
  private static ByteBuffer content(ByteBuffer in) {
    int length = in.get() & 0xff;
    if (length > 0x80) {
      int octets = length & 0x7f;
      length = 0;
      for (int i = 0; i < octets; i++) {
        length = Math.addExact(Math.multiplyExact(length, 256), in.get() & 0xff);
      }
    }
    ByteBuffer value = in.slice(in.position(), length);
    in.position(in.position() + length);
    return value;
  }
}
