package dev.banyan.lua.seam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.api.View;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.Table;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.luaj.vm2.LuaValue;

class TableCopyTest {
  private static final int MOST = 1_000;

  private final Table inner = new Table();
  private final Table table = new Table();

  TableCopyTest() {
    inner.rawset("tier", LuaText.of("free"));
    table.rawset("name", LuaText.of("t001"));
    table.rawset("limits", inner);
    table.rawset(1, LuaValue.valueOf(10));
    table.rawset(2, LuaValue.valueOf(20));
  }

  private View copy() {
    return TableCopy.of(table, MOST);
  }

  private static View below(View top, String... keys) {
    View view = top;
    for (String key : keys) {
      view = Objects.requireNonNull(view.view(key), key);
    }
    return view;
  }

  private static Map<String, Object> shown(String tier) {
    return Map.of("name", "t001", "limits", Map.of("tier", tier), "[1]", 10d, "[2]", 20d);
  }

  @Test
  void aTableInWhichNothingChangesIsCopiedOnce() {
    View first = copy();
    assertThat(Plain.of(first)).isEqualTo(shown("free"));
    assertThat(copy()).isSameAs(first);
    assertThat(Plain.of(copy())).isSameAs(Plain.of(first));
  }

  @Test
  void aTableInItIsNotCopiedAgainWhenOnlyTheOuterOneChanges() {
    View before = copy();
    table.rawset("added", LuaValue.TRUE);
    View after = copy();
    assertThat(after).isNotSameAs(before);
    assertThat(after.get("added")).isEqualTo(true);
    assertThat(after.get("limits")).isSameAs(before.get("limits"));
  }

  @Test
  void whatIsWrittenBelowIsSeenAndTheFormerCopyStaysAsItWas() {
    View before = copy();
    inner.rawset("tier", LuaText.of("paid"));
    assertThat(Plain.of(copy())).isEqualTo(shown("paid"));
    assertThat(Plain.of(before)).isEqualTo(shown("free"));
  }

  @Test
  void fieldsThatGoAreSeenAndSoAreItemsAndClearing() {
    copy();
    inner.rawset("tier", LuaValue.NIL);
    assertThat(below(copy(), "limits").keys()).isEmpty();
    table.rawset(2, LuaValue.NIL);
    assertThat(copy().length()).isEqualTo(1);
    table.clear();
    assertThat(Plain.of(copy())).isEqualTo(Map.of());
  }

  @Test
  void itemsThatMoveAreSeen() {
    copy();
    table.remove(1);
    assertThat(copy().at(1)).isEqualTo(20d);
    table.insert(1, LuaValue.valueOf(5));
    assertThat(copy().at(1)).isEqualTo(5d);
    table.rawset("name", LuaText.of("t002"));
    assertThat(copy().get("name")).isEqualTo("t002");
  }

  @Test
  void writingTheSameValueAgainIsNoChange() {
    View first = copy();
    table.rawset("limits", inner);
    table.rawset(1, table.rawget(1));
    assertThat(copy()).isSameAs(first);
  }

  @Test
  void anotherTableAtTheSamePlaceIsSeen() {
    copy();
    table.rawset("limits", new Table());
    assertThat(below(copy(), "limits").keys()).isEmpty();
  }

  @Test
  void aTableThatHoldsItselfIsCopiedToABoundAndNeverRemembered() {
    table.rawset("self", table);
    View first = copy();
    assertThat(below(first, "self", "self").get("name")).isEqualTo("t001");
    inner.rawset("tier", LuaText.of("paid"));
    assertThat(below(copy(), "self", "limits").get("tier")).isEqualTo("paid");
  }

  @Test
  void aTableOfWeakValuesIsCopiedEachTime() {
    Table mode = new Table();
    mode.rawset("__mode", LuaText.of("v"));
    table.setmetatable(mode);
    View first = copy();
    assertThat(copy()).isEqualTo(first).isNotSameAs(first);
  }

  @Test
  void moreValuesThanAllowedAreRefusedAlsoWhenTheyWereCopiedBefore() {
    copy();
    assertThatThrownBy(() -> TableCopy.of(table, 4))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a table holds more than 4 values, too many to copy for a shadowed call");
    Table list = Table.list(LuaValue.varargsOf(new LuaValue[] {table, table}));
    assertThat(TableCopy.of(list, 12).at(2)).isSameAs(copy());
    assertThatThrownBy(() -> TableCopy.of(list, 11)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aListAloneIsPlainlyAList() {
    assertThat(Plain.of(TableCopy.of(Table.list(LuaValue.valueOf(1)), MOST)))
        .isEqualTo(List.of(1d));
  }
}
