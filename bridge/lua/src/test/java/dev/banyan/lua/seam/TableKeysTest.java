package dev.banyan.lua.seam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.View;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.Table;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.luaj.vm2.LuaValue;

/** What ports and comparisons see of keys that are neither strings nor positions of a list. */
class TableKeysTest {
  private static final int MOST = 10_000;

  private static Table table(Object... keysAndValues) {
    Table table = new Table();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      table.rawset(lua(keysAndValues[i]), lua(keysAndValues[i + 1]));
    }
    return table;
  }

  private static LuaValue lua(Object value) {
    return switch (value) {
      case String text -> LuaText.of(text);
      case Boolean flag -> LuaValue.valueOf(flag);
      case Number number -> LuaValue.valueOf(number.doubleValue());
      case LuaValue own -> own;
      default -> throw new IllegalArgumentException(value.toString());
    };
  }

  private static Object plain(Table table) {
    Object copied = Plain.of(TableCopy.of(table, MOST));
    assertThat(Plain.of(new TableView(table))).isEqualTo(copied);
    assertThat(Plain.of(new PlainCopy(java.util.Set.of()).of(table, "table")))
        .as("as recorded")
        .isEqualTo(copied);
    return copied == null ? "nothing" : copied;
  }

  @Test
  void aSparseTableShowsItsPositions() {
    assertThat(plain(table(1_000, "a"))).isEqualTo(Map.of("[1000]", "a"));
    assertThat(plain(table(0, "a", -1, "b", 1.5, "c", 4294967296d, "d")))
        .isEqualTo(Map.of("[0]", "a", "[-1]", "b", "[1.5]", "c", "[4294967296]", "d"));
  }

  @Test
  void aTextThatReadsLikeANumberIsAnotherKeyThanTheNumber() {
    assertThat(plain(table("1", "a"))).isEqualTo(Map.of("1", "a"));
    assertThat(plain(table("1", "a", 2, "b"))).isEqualTo(Map.of("1", "a", "[2]", "b"));
    assertThat(plain(table("[2]", "a", 2, "b"))).isEqualTo(Map.of("[\"[2]\"]", "a", "[2]", "b"));
  }

  @Test
  void aListWithAHoleIsTheSameWhateverItsLengthIs() {
    Table built = Table.list(LuaValue.varargsOf(lua("a"), LuaValue.NIL, lua("c")));
    Table grown = table(1, "a", 3, "c");
    assertThat(built.rawlen()).isEqualTo(3);
    assertThat(grown.rawlen()).isEqualTo(1);
    Map<String, Object> shown = Map.of("[1]", "a", "[3]", "c");
    assertThat(plain(built)).isEqualTo(shown);
    assertThat(plain(grown)).isEqualTo(shown);
    assertThat(Plain.of(Arrays.asList("a", null, "c"))).isEqualTo(shown);
    assertThat(Plain.of(Map.of(1, "a", 3L, "c"))).isEqualTo(shown);
  }

  @Test
  void whatIsNilAtTheEndIsNoPartOfAList() {
    Table list = Table.list(LuaValue.varargsOf(lua("a"), LuaValue.NIL));
    assertThat(plain(list)).isEqualTo(List.of("a"));
    assertThat(Plain.of(Arrays.asList("a", null))).isEqualTo(List.of("a"));
    assertThat(Plain.of(Arrays.asList(null, null))).isEqualTo(Map.of());
  }

  @Test
  void keysThatAreTrueOrFalseAreShown() {
    assertThat(plain(new Table())).isEqualTo(Map.of());
    assertThat(Plain.of(TableCopy.of(table(true, "a", false, "b", "true", "c"), MOST)))
        .isEqualTo(Map.of("[true]", "a", "[false]", "b", "true", "c"))
        .isEqualTo(Plain.of(Map.of(true, "a", false, "b", "true", "c")));
  }

  @Test
  void aMapOfPositionsIsTheListThatLuaMakesOfIt() {
    assertThat(Plain.of(Map.of(1, "a", 2, "b"))).isEqualTo(List.of("a", "b"));
    assertThat(Plain.of(Map.of(2d, "b", 1d, "a"))).isEqualTo(List.of("a", "b"));
    assertThat(Plain.of(Map.of(1, "a", "n", 1))).isEqualTo(plain(table(1, "a", "n", 1)));
  }

  @Test
  void aFieldOfAPortThatIsNullIsNone() {
    Map<String, Object> fields = new HashMap<>(Map.of("a", 1d));
    fields.put("b", null);
    assertThat(Plain.of(fields)).isEqualTo(plain(table("a", 1)));
  }

  @Test
  void aViewShowsTheSameKeysWhereverItIs() {
    Table lua = table(1, "a", 2, "b", 5, "e", 0, "z", 0.5, "h", true, "t", "x", "y");
    Map<Object, Object> java =
        Map.of(1, "a", 2d, "b", 5, "e", 0L, "z", 0.5, "h", true, "t", "x", "y");
    View[] views = {
      new TableView(lua), TableCopy.of(lua, MOST), JavaView.of(java), JavaView.of(java).snapshot(9)
    };
    for (View view : views) {
      assertThat(view.length()).isEqualTo(2);
      assertThat(view.at(5)).isEqualTo("e");
      assertThat(view.at(0)).isEqualTo("z");
      assertThat(view.at(3)).isNull();
      assertThat(view.keys()).containsExactly("x");
      assertThat(view.otherKeys()).containsExactlyInAnyOrder(5d, 0d, 0.5, true);
      assertThat(view.other(0.5)).isEqualTo("h");
      assertThat(view.other(true)).isEqualTo("t");
      assertThat(view.other(5d)).isEqualTo("e");
      assertThat(view.other(false)).isNull();
    }
  }

  @Test
  void whatChangesAtSuchAKeyIsSeenInTheNextCopy() {
    Table table = table(7, "a");
    TableCopy.of(table, MOST);
    table.rawset(7, lua("b"));
    assertThat(plain(table)).isEqualTo(Map.of("[7]", "b"));
    table.rawset(7, LuaValue.NIL);
    assertThat(plain(table)).isEqualTo(Map.of());
  }

  @Test
  void aDifferenceFarBelowIsSeen() {
    Table left = table("leaf", 1);
    Table right = table("leaf", 2);
    Map<String, Object> java = Map.of("leaf", 1d);
    for (int i = 0; i < 40; i++) {
      left = table("next", left);
      right = table("next", right);
      java = Map.of("next", java);
    }
    Object shown = Plain.of(TableCopy.of(left, MOST));
    assertThat(shown).isEqualTo(Plain.of(java)).isNotEqualTo(Plain.of(TableCopy.of(right, MOST)));
    assertThat(Plain.of(JavaView.of(java).snapshot(MOST))).isEqualTo(shown);
  }

  @Test
  void zeroIsToldFromMinusZero() {
    assertThat(JavaValues.toLua(-0d, _ -> LuaValue.NIL).todouble()).isEqualTo(-0d);
  }
}
