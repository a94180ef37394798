package dev.banyan.lua.ngx.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.lua.ngx.shared.SharedDict.End;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Replays operations that a real nginx answered, memory included, and expects the same answers. */
final class RealNginxTraceTest {
  private long now = 1_000_000;
  private SharedDict dict = new SharedDict("none", SharedDict.SMALLEST_CAPACITY, () -> now);

  @Test
  void everyAnswerOfARealNginxIsOurs() throws IOException {
    int number = 0;
    for (String line : lines()) {
      number++;
      assertThat(answer(line.split(" ", -1))).as("line %d", number).isEqualTo(line);
    }
    assertThat(number).isGreaterThan(3000);
  }

  private static List<String> lines() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(RealNginxTraceTest.class.getResourceAsStream("real-nginx.trace"))) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).lines().toList();
    }
  }

  private String answer(String[] op) {
    now++;
    String key = op.length > 1 ? op[1] : "";
    return switch (op[0]) {
      case "dict" -> {
        dict = new SharedDict(key, Long.parseLong(op[2]), () -> now);
        yield "dict " + key + " " + dict.capacity();
      }
      case "set" -> store(StoreMode.SET, op);
      case "add" -> store(StoreMode.ADD, op);
      case "safe_set" -> {
        SharedDict.Stored stored = dict.store(StoreMode.SAFE_SET, key, text("x", op[2]), 0, 0);
        yield "safe_set " + key + " " + op[2] + " " + stored.done() + " " + text(stored) + free();
      }
      case "delete" -> {
        dict.delete(key);
        yield "delete " + key + free();
      }
      case "incr" -> increment(op[0], key, 3, OptionalDouble.of(4));
      case "incr1" -> increment(op[0], key, 1, OptionalDouble.empty());
      case "lpush" -> push(End.LEFT, op);
      case "rpush" -> push(End.RIGHT, op);
      case "rpop" ->
          "rpop "
              + key
              + " "
              + dict.pop(End.RIGHT, key).map(v -> "" + v.size()).orElse("nil")
              + " "
              + free();
      case "get" -> get(key);
      case "keys" -> "keys " + String.join(",", dict.keys(0));
      case "flush_all" -> {
        dict.flushAll();
        yield "flush_all" + free() + " " + dict.flushExpired(0) + free();
      }
      default -> throw new IllegalArgumentException(op[0]);
    };
  }

  private String store(StoreMode mode, String[] op) {
    SharedDict.Stored stored = dict.store(mode, op[1], text("x", op[2]), 0, 0);
    return op[0]
        + " "
        + op[1]
        + " "
        + op[2]
        + " "
        + stored.done()
        + " "
        + stored.forcible()
        + " "
        + text(stored)
        + free();
  }

  private String increment(String name, String key, double by, OptionalDouble init) {
    try {
      SharedDict.Counted counted = dict.increment(key, by, init, 0);
      String value = name + " " + key + " " + (long) counted.value() + " ";
      return init.isPresent() ? value + counted.forcible() + " " + free() : value;
    } catch (DictFailure e) {
      String value = name + " " + key + " nil ";
      return init.isPresent() ? value + "nil " + e.getMessage() + free() : value + e.getMessage();
    }
  }

  private String push(End end, String[] op) {
    String head = op[0] + " " + op[1] + " " + op[2] + " ";
    try {
      return head + dict.push(end, op[1], text("y", op[2])) + " " + free();
    } catch (DictFailure e) {
      return head + "nil " + e.getMessage() + free();
    }
  }

  private String get(String key) {
    SharedDict.Found found = dict.get(key);
    String value =
        found == null
            ? "nil"
            : found.value() instanceof DictValue.Num n
                ? "" + (long) n.value()
                : "" + found.value().size();
    return "get " + key + " " + value + " ";
  }

  private static DictValue text(String letter, String length) {
    return DictValue.of(letter.repeat(Integer.parseInt(length)));
  }

  private static String text(SharedDict.Stored stored) {
    DictFailure.Reason refusal = stored.refusal();
    return refusal == null ? "" : refusal.text();
  }

  private String free() {
    return " " + dict.freeSpace();
  }
}
