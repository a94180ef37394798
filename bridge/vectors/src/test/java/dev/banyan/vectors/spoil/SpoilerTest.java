package dev.banyan.vectors.spoil;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Journal;
import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.vectors.Calls;
import dev.banyan.vectors.spoil.Spoiled.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SpoilerTest {
  private static RecordedCall one(RecordedCall of, Kind kind, String place, String what) {
    return Objects.requireNonNull(
        Spoiler.of(of).stream()
            .filter(one -> one.kind() == kind && one.place().equals(place))
            .filter(one -> one.what().equals(what))
            .findFirst()
            .orElseThrow()
            .input()
            .call());
  }

  @Test
  void aMissingArgumentIsNilAndThoseBehindItStayWhereTheyAre() {
    RecordedCall add = Calls.add(List.of(1.0, 2.0), List.of(3.0));

    assertThat(one(add, Kind.MISSING, "arguments.*", "nothing").arguments())
        .isEqualTo(Arrays.asList(null, 2.0));
  }

  @Test
  void whatIsMissingFromTheContextIsGoneAsAWholeToo() {
    RecordedCall access = Calls.access(new Journal(0), "x");

    assertThat(one(access, Kind.MISSING, "request.ctx.tenant", "nothing").before().ctx()).isEmpty();
    assertThat(one(access, Kind.MALFORMED, "request.ctx.tenant", "a text").before().ctx())
        .containsEntry("tenant", "x");
    assertThat(one(access, Kind.MISSING, "request.ctx.tenant.id", "nothing").before().ctx())
        .containsKey("tenant");
  }

  @Test
  void numbersBecomeNoNumbersAndTextsBecomeVeryLong() {
    RecordedCall add = Calls.add(List.of(1.0, "two"), List.of());

    assertThat(one(add, Kind.MALFORMED, "arguments.*", "no number").arguments().getFirst())
        .isEqualTo(Double.NaN);
    assertThat(one(add, Kind.OVERSIZED, "arguments.*", "64 k of one letter").arguments().getLast())
        .isEqualTo("x".repeat(65_536));
  }

  @Test
  void theWorldForgetsAndTheClockJumps() {
    Journal journal = new Journal(1_000);
    journal.add(new Journal.Entry.DictCall("d", "get", "k", List.of(), "v"), 0);
    RecordedCall access = Calls.access(journal, "x");

    RecordedCall forgot = one(access, Kind.LATE, "world.entries.*.answer", "nothing");
    assertThat(((Journal.Entry.DictCall) forgot.journal().entries().getFirst()).answer()).isNull();
    assertThat(one(access, Kind.LATE, "world.millis", "a day later").journal().millis())
        .isEqualTo(86_401_000L);
  }

  @Test
  void theSameInputsComeEachTime() {
    RecordedCall access = Calls.access(new Journal(0), "x");

    assertThat(Spoiler.of(access).stream().map(one -> one.place() + one.what()))
        .isEqualTo(Spoiler.of(access).stream().map(one -> one.place() + one.what()).toList());
    assertThat(Spoiler.of(access))
        .allSatisfy(one -> assertThat(one.input().tree().toString()).isNotEmpty());
  }
}
