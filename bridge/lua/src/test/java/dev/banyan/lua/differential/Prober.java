package dev.banyan.lua.differential;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A Lua implementation that can run a snippet and print what came of it. */
interface Prober extends AutoCloseable {
  /** Runs a chunk of octets and answers its results or its error, as printable ASCII. */
  String probe(String source);

  @Override
  void close();

  /** The Lua text of the probe, which both sides run. */
  static String text() {
    return resource("probe.lua");
  }

  /** A resource of the differential tests. */
  static String resource(String name) {
    try (InputStream in = Prober.class.getResourceAsStream("/differential/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException("no such resource: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same text without what differs from run to run: addresses. */
  static String mask(String output) {
    return output.replaceAll(
        "(table|function|thread|userdata): (builtin[:#] ?)?(0x)?[0-9a-f]+", "$1: ADDRESS");
  }
}
