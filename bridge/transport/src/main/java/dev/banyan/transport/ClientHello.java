package dev.banyan.transport;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: a client's first message of a TLS handshake (RFC 8446, section 4.1.2), as far as it is
 * well-formed.
 */
public final class ClientHello {
  private static final int RANDOM = 32;
  private static final int SUPPORTED_VERSIONS = 43;

  private record Extension(int type, byte[] content) {}

  private final int legacyVersion;
  private final List<Extension> extensions = new ArrayList<>();

  /** Reads the message's body, which begins with its version. */
  ClientHello(byte[] body) {
    Octets octets = new Octets(body);
    legacyVersion = octets.number(2);
    octets.skip(RANDOM);
    octets.skip(octets.number(1)); // session
    octets.skip(octets.number(2)); // cipher suites
    octets.skip(octets.number(1)); // compression methods
    Octets list = octets.part(octets.number(2));
    while (list.left() >= 4) {
      int type = list.number(2);
      extensions.add(new Extension(type, list.part(list.number(2)).rest()));
    }
  }

  /** An extension's content, or null when the client sent none of that type. */
  public byte @Nullable [] extension(int type) {
    for (Extension extension : extensions) {
      if (extension.type == type) {
        return extension.content.clone();
      }
    }
    return null;
  }

  /** The versions that the client speaks, such as 0x0303, in its order. */
  public List<Integer> versions() {
    byte[] content = extension(SUPPORTED_VERSIONS);
    if (content == null) {
      return List.of(legacyVersion);
    }
    Octets octets = new Octets(content);
    Octets list = octets.part(octets.number(1));
    List<Integer> versions = new ArrayList<>();
    while (list.left() >= 2) {
      versions.add(list.number(2));
    }
    return versions;
  }

  /** Reads numbers and parts; what is missing reads as zero and nothing. */
  private static final class Octets {
    private final byte[] bytes;
    private int at;

    Octets(byte[] bytes) {
      this.bytes = bytes;
    }

    int left() {
      return bytes.length - at;
    }

    int number(int size) {
      int value = 0;
      for (int i = 0; i < size; i++) {
        value = value << 8 | (at < bytes.length ? bytes[at++] & 0xff : 0);
      }
      return value;
    }

    void skip(int count) {
      at += Math.min(count, left());
    }

    Octets part(int count) {
      int start = at;
      skip(count);
      return new Octets(Arrays.copyOfRange(bytes, start, at));
    }

    byte[] rest() {
      return Arrays.copyOfRange(bytes, at, bytes.length);
    }
  }
}
