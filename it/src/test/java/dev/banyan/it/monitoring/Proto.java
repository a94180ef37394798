package dev.banyan.it.monitoring;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Immutable: a message of Protocol Buffers as it came, fields by number; for tests. */
final class Proto {
  private final Map<Integer, List<Object>> fields = new TreeMap<>();

  /** Owned by one reading. */
  private static final class Octets {
    private final byte[] data;
    private int at;

    Octets(byte[] data) {
      this.data = data;
    }

    boolean more() {
      return at < data.length;
    }

    long varint() {
      long value = 0;
      for (int shift = 0; ; shift += 7) {
        byte next = data[at++];
        value |= (next & 0x7FL) << shift;
        if (next >= 0) {
          return value;
        }
      }
    }

    long fixed(int octets) {
      long value = 0;
      for (int i = 0; i < octets; i++) {
        value |= (data[at++] & 0xFFL) << (8 * i);
      }
      return value;
    }

    byte[] take(int length) {
      byte[] taken = Arrays.copyOfRange(data, at, at + length);
      at += length;
      return taken;
    }
  }

  private Proto(byte[] data) {
    Octets in = new Octets(data);
    while (in.more()) {
      long tag = in.varint();
      Object value =
          switch ((int) tag & 7) {
            case 0 -> in.varint();
            case 1 -> in.fixed(8);
            case 2 -> in.take((int) in.varint());
            case 5 -> in.fixed(4);
            default -> throw new IllegalArgumentException("no such wire type: " + tag);
          };
      fields.computeIfAbsent((int) (tag >> 3), _ -> new ArrayList<>()).add(value);
    }
  }

  /** One message. */
  static Proto of(byte[] data) {
    return new Proto(data);
  }

  /** Messages one after the other, each with its length before it. */
  static List<Proto> delimited(byte[] data) {
    List<Proto> all = new ArrayList<>();
    Octets in = new Octets(data);
    while (in.more()) {
      all.add(new Proto(in.take((int) in.varint())));
    }
    return all;
  }

  /** The messages in a field. */
  List<Proto> messages(int field) {
    return fields.getOrDefault(field, List.of()).stream()
        .map(octets -> new Proto((byte[]) octets))
        .toList();
  }

  /** A text; empty when it isn't there. */
  String text(int field) {
    return new String(octets(field), StandardCharsets.UTF_8);
  }

  /** Octets; none when they aren't there. */
  byte[] octets(int field) {
    List<Object> values = fields.get(field);
    return values == null ? new byte[0] : (byte[]) values.getLast();
  }

  /** A number; 0 when it isn't there. */
  long number(int field) {
    List<Object> values = fields.get(field);
    return values == null ? 0 : (Long) values.getLast();
  }

  /** Signed numbers, packed or not. */
  List<Long> signed(int field) {
    List<Long> numbers = new ArrayList<>();
    for (Object value : fields.getOrDefault(field, List.of())) {
      if (value instanceof byte[] packed) {
        Octets in = new Octets(packed);
        while (in.more()) {
          numbers.add(zigzag(in.varint()));
        }
      } else {
        numbers.add(zigzag((Long) value));
      }
    }
    return numbers;
  }

  /** A signed number; 0 when it isn't there. */
  long zigzag(int field) {
    return zigzag(number(field));
  }

  private static long zigzag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }
}
