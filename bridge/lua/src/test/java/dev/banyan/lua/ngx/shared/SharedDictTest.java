package dev.banyan.lua.ngx.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.lua.ngx.shared.SharedDict.End;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SharedDictTest {
  private final AtomicLong now = new AtomicLong(1_000_000);
  private final SharedDict dict = new SharedDict("test", 64 * 1024, now::get);

  private static SharedDict.Found found(SharedDict.@Nullable Found value) {
    return Objects.requireNonNull(value);
  }

  @Test
  void aValueIsReadBackWithItsFlags() {
    dict.store(StoreMode.SET, "k", DictValue.of("v"), SharedDict.FOREVER, 7);
    assertThat(dict.get("k")).isEqualTo(new SharedDict.Found(DictValue.of("v"), 7, false));
  }

  @Test
  void anExpiredValueIsGoneButStaleReadsSeeIt() {
    dict.set("k", DictValue.of(1.5), 100);
    dict.set("other", DictValue.TRUE, SharedDict.FOREVER);
    assertThat(dict.timeToLive("k")).hasValue(100);
    now.addAndGet(101);
    assertThat(found(dict.getStale("k")).stale()).isTrue();
    assertThat(dict.get("k")).isNull();
  }

  @Test
  void addNeedsAMissingKeyAndReplaceALiveOne() {
    assertThat(dict.store(StoreMode.REPLACE, "k", DictValue.TRUE, 0, 0).refusal())
        .isEqualTo(DictFailure.Reason.NOT_FOUND);
    assertThat(dict.store(StoreMode.ADD, "k", DictValue.TRUE, 50, 0).done()).isTrue();
    assertThat(dict.store(StoreMode.ADD, "k", DictValue.FALSE, 0, 0).refusal())
        .isEqualTo(DictFailure.Reason.EXISTS);
    now.addAndGet(51);
    assertThat(dict.store(StoreMode.ADD, "k", DictValue.FALSE, 0, 0).done()).isTrue();
  }

  @Test
  void aCounterBeginsWithInitAndKeepsItsExpiry() {
    assertThatThrownBy(() -> dict.increment("n", 1, OptionalDouble.empty(), 0))
        .hasMessage("not found");
    assertThat(dict.increment("n", 2, OptionalDouble.of(10), 100).value()).isEqualTo(12);
    assertThat(dict.increment("n", 2, OptionalDouble.of(10), 500).value()).isEqualTo(14);
    assertThat(dict.timeToLive("n")).hasValue(100);
    dict.set("s", DictValue.of("x"), 0);
    assertThatThrownBy(() -> dict.increment("s", 1, OptionalDouble.empty(), 0))
        .hasMessage("not a number");
  }

  @Test
  void listsTakeAndGiveAtBothEnds() {
    assertThat(dict.push(End.RIGHT, "l", DictValue.of("a"))).isEqualTo(1);
    assertThat(dict.push(End.RIGHT, "l", DictValue.of("b"))).isEqualTo(2);
    assertThat(dict.push(End.LEFT, "l", DictValue.of(0))).isEqualTo(3);
    assertThatThrownBy(() -> dict.get("l")).hasMessage("value is a list");
    assertThat(dict.pop(End.RIGHT, "l")).contains(DictValue.of("b"));
    assertThat(dict.pop(End.LEFT, "l")).contains(DictValue.of(0));
    assertThat(dict.pop(End.LEFT, "l")).contains(DictValue.of("a"));
    assertThat(dict.length("l")).isZero();
    dict.set("s", DictValue.of("x"), 0);
    assertThatThrownBy(() -> dict.push(End.LEFT, "s", DictValue.of("a")))
        .hasMessage("value not a list");
  }

  @Test
  void theLeastRecentlyUsedEntriesMakeRoom() {
    IntStream.range(0, 3).forEach(i -> dict.set("first" + i, DictValue.of("v"), 0));
    boolean forcible = false;
    for (int i = 0; i < 2000 && !forcible; i++) {
      forcible = dict.set("k" + i, DictValue.of("x".repeat(300)), 0).forcible();
      dict.get("first0");
    }
    assertThat(forcible).isTrue();
    assertThat(dict.get("first0")).isNotNull();
    assertThat(dict.get("first1")).isNull();
  }

  @Test
  void everythingIsGivenBackAfterAFlush() {
    SharedDict dict = new SharedDict("large", 1 << 20, now::get);
    long before = dict.freeSpace();
    for (int i = 0; i < 300; i++) {
      dict.set("k" + i, DictValue.of("x".repeat(i * 7)), 0);
      dict.push(End.LEFT, "list" + i % 7, DictValue.of(i));
    }
    dict.flushAll();
    dict.flushExpired(0);
    assertThat(dict.keys(0)).isEmpty();
    assertThat(dict.freeSpace()).isEqualTo(before);
  }

  @Test
  void aZoneTooSmallIsRefused() {
    assertThatThrownBy(() -> new SharedDict("d", 4096, now::get))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void countersOfManyThreadsLoseNothing() {
    List<CompletableFuture<Void>> runs =
        IntStream.range(0, 4)
            .mapToObj(n ->
                CompletableFuture.runAsync(() ->
                    IntStream.range(0, 5000)
                        .forEach(i -> dict.increment("n", 1, OptionalDouble.of(0), 0))))
            .toList();
    runs.forEach(CompletableFuture::join);
    assertThat(found(dict.get("n")).value()).isEqualTo(DictValue.of(20_000));
  }
}
