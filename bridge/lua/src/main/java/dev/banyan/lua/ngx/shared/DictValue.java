package dev.banyan.lua.ngx.shared;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A value of a shared dict: octets, a number or a boolean. Immutable. */
public sealed interface DictValue {
  /** A boolean, false. */
  DictValue FALSE = new Bool(false);

  /** A boolean, true. */
  DictValue TRUE = new Bool(true);

  /** The value of an octet string. */
  static DictValue of(String octets) {
    return new Octets(octets.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The value of a number. */
  static DictValue of(double number) {
    return new Num(number);
  }

  /** The value of a boolean. */
  static DictValue of(boolean value) {
    return value ? TRUE : FALSE;
  }

  /** How many bytes nginx would keep for it. */
  int size();

  /** Octets; the array belongs to this value and must not change. */
  record Octets(byte[] bytes) implements DictValue {
    @Override
    public int size() {
      return bytes.length;
    }

    /** The octets as a string. */
    public String text() {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Octets octets && Arrays.equals(bytes, octets.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return text();
    }
  }

  /** A number. */
  record Num(double value) implements DictValue {
    @Override
    public int size() {
      return Double.BYTES;
    }
  }

  /** A boolean. */
  record Bool(boolean value) implements DictValue {
    @Override
    public int size() {
      return 1;
    }
  }
}
