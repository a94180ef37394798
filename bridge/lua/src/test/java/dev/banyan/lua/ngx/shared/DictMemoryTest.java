package dev.banyan.lua.ngx.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.lua.ngx.shared.SharedDict.End;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a dict keeps is what it was given, wherever in its zone's memory that comes to lie. */
final class DictMemoryTest {
  private static final int STEPS = 60_000;
  private static final int KEYS = 400;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatIsKeptIsWhatASortedMapWouldKeep(long seed) {
    Random random = new Random(seed);
    List<String> names = keys(random);
    SharedDict dict = new SharedDict("test", 64 << 20, () -> 1_000);
    long free = dict.freeSpace();
    Map<String, Object> model = new LinkedHashMap<>(16, 0.75f, true);
    for (int i = 0; i < STEPS; i++) {
      step(dict, model, names.get(random.nextInt(KEYS)), random);
    }
    assertThat(dict.keys(0)).containsExactlyElementsOf(model.keySet());
    List.copyOf(model.keySet()).forEach(dict::delete);
    assertThat(dict.keys(0)).isEmpty();
    assertThat(dict.freeSpace()).isEqualTo(free);
  }

  /** From one octet to more than a page, of which some differ in their last octet alone. */
  private static List<String> keys(Random random) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      int length = random.nextInt(10) == 0 ? 4_000 + random.nextInt(4_000) : random.nextInt(60);
      keys.add("k".repeat(length) + (char) (i / 256) + (char) (i % 256));
    }
    return keys;
  }

  private static void step(SharedDict dict, Map<String, Object> model, String key, Random random) {
    switch (random.nextInt(5)) {
      case 0 -> {
        DictValue value = value(random);
        assertThat(dict.set(key, value, SharedDict.FOREVER).done()).isTrue();
        model.put(key, value);
      }
      case 1 -> {
        dict.delete(key);
        model.remove(key);
      }
      case 2 -> push(dict, model, key, random);
      case 3 -> pop(dict, model, key, random);
      default -> {
        if (!(model.get(key) instanceof Deque)) {
          SharedDict.Found found = dict.get(key);
          assertThat(found == null ? null : found.value()).isEqualTo(model.get(key));
        } else {
          assertThatThrownBy(() -> dict.get(key)).isInstanceOf(DictFailure.class);
        }
      }
    }
  }

  private static DictValue value(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> DictValue.of(random.nextDouble());
      case 1 -> DictValue.of(random.nextBoolean());
      case 2 -> octets(random, 3_000 + random.nextInt(10_000));
      default -> octets(random, random.nextInt(300));
    };
  }

  private static DictValue octets(Random random, int length) {
    byte[] octets = new byte[length];
    random.nextBytes(octets);
    return new DictValue.Octets(octets);
  }

  @SuppressWarnings("unchecked") // a list of the model
  private static void push(SharedDict dict, Map<String, Object> model, String key, Random random) {
    DictValue item =
        random.nextBoolean() ? DictValue.of(random.nextInt()) : octets(random, random.nextInt(50));
    if (model.get(key) instanceof DictValue) {
      assertThatThrownBy(() -> dict.push(End.LEFT, key, item)).isInstanceOf(DictFailure.class);
      return;
    }
    var items = (Deque<DictValue>) model.computeIfAbsent(key, _ -> new ArrayDeque<DictValue>());
    if (random.nextBoolean()) {
      items.addFirst(item);
      assertThat(dict.push(End.LEFT, key, item)).isEqualTo(items.size());
    } else {
      items.addLast(item);
      assertThat(dict.push(End.RIGHT, key, item)).isEqualTo(items.size());
    }
  }

  private static void pop(SharedDict dict, Map<String, Object> model, String key, Random random) {
    Object held = model.get(key);
    End end = random.nextBoolean() ? End.LEFT : End.RIGHT;
    if (held instanceof Deque<?> items) {
      Object item = end == End.LEFT ? items.removeFirst() : items.removeLast();
      assertThat(dict.pop(end, key)).isEqualTo(Optional.of(item));
      if (items.isEmpty()) {
        model.remove(key);
      }
    } else if (held == null) {
      assertThat(dict.pop(end, key)).isEmpty();
    } else {
      assertThatThrownBy(() -> dict.pop(end, key)).isInstanceOf(DictFailure.class);
    }
  }

  @Test
  void aFullZoneGivesBackNothingButWhatWasPutThere() {
    Random random = new Random(4);
    SharedDict dict = new SharedDict("test", 128 * 1024, () -> 1_000);
    Map<String, DictValue> last = new LinkedHashMap<>();
    int found = 0;
    for (int i = 0; i < STEPS; i++) {
      String key = "client:" + random.nextInt(5_000);
      SharedDict.Found held = dict.get(key);
      if (held != null) {
        assertThat(held.value()).isEqualTo(last.get(key));
        found++;
      }
      DictValue value = octets(random, random.nextInt(40));
      assertThat(dict.set(key, value, SharedDict.FOREVER).done()).isTrue();
      last.put(key, value);
    }
    assertThat(found).isGreaterThan(STEPS / 20);
  }

  @Test
  void aKeyOfLettersIsRefusedAndTakesNoRoom() {
    SharedDict dict = new SharedDict("test", 64 * 1024, () -> 1_000);
    for (int i = 0; i < 10_000; i++) {
      assertThatThrownBy(() -> dict.set("ключ", DictValue.TRUE, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("octets");
    }
    assertThat(dict.set("key", DictValue.TRUE, 0).done()).isTrue();
  }
}
