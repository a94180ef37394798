package dev.banyan.host;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;

/**
 * Immutable: a jar, read whole.
 *
 * @param entries the files in it by their path
 * @param attributes the main attributes of its manifest
 * @param checksum SHA-256 of the file in hex
 */
record JarContent(Map<String, byte[]> entries, Attributes attributes, String checksum) {
  private static final long MAX_SIZE = 64L << 20;

  JarContent {
    entries = Map.copyOf(entries);
  }

  /**
   * Reads a jar.
   *
   * @throws PortDefect when it is none, can't be read, or is too large
   */
  static JarContent read(Path jar) {
    try {
      if (Files.size(jar) > MAX_SIZE) {
        throw new PortDefect(jar + " is larger than " + (MAX_SIZE >> 20) + " MiB");
      }
      byte[] octets = Files.readAllBytes(jar);
      return unpack(jar, octets);
    } catch (IOException e) {
      throw new PortDefect(jar + " can't be read: " + e.getMessage());
    }
  }

  private static JarContent unpack(Path jar, byte[] octets) throws IOException {
    Map<String, byte[]> entries = new HashMap<>();
    Attributes attributes = new Attributes();
    long size = 0;
    try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(octets))) {
      Manifest manifest = in.getManifest();
      if (manifest != null) {
        attributes = manifest.getMainAttributes();
      }
      for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
        byte[] content = in.readNBytes((int) (MAX_SIZE - size + 1));
        size += content.length;
        if (size > MAX_SIZE) {
          throw new PortDefect(jar + " holds more than " + (MAX_SIZE >> 20) + " MiB");
        }
        if (!entry.isDirectory()) {
          entries.put(entry.getName(), content);
        }
      }
    }
    if (entries.isEmpty()) {
      throw new PortDefect(jar + " is no jar: build it again, or remove it");
    }
    return new JarContent(entries, attributes, checksum(octets));
  }

  private static String checksum(byte[] octets) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
