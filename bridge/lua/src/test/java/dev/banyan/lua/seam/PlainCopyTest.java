package dev.banyan.lua.seam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.lua.Int64;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.Table;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.luaj.vm2.LuaValue;

/** A table that didn't change since it was copied for a comparison is copied whole once. */
class PlainCopyTest {
  private final Table inner = Table.list(LuaValue.varargsOf(LuaText.of("x"), LuaText.of("y")));
  private final Table table = new Table();

  PlainCopyTest() {
    table.rawset("name", LuaText.of("t001"));
    table.rawset("tags", inner);
  }

  private @Nullable Object copied() {
    return new PlainCopy(Set.of()).of(table, "ctx t");
  }

  private @Nullable Object seenAndCopied() {
    TableCopy.of(table, TableView.MAX_SNAPSHOT);
    return copied();
  }

  @Test
  void oneThatDidntChangeIsTheSame() {
    Object first = seenAndCopied();
    assertThat(first).isEqualTo(Map.of("name", "t001", "tags", List.of("x", "y")));
    assertThat(copied()).isSameAs(first);
    inner.rawset(1, LuaText.of("z"));
    assertThat(copied()).isEqualTo(Map.of("name", "t001", "tags", List.of("z", "y")));
    assertThat(first).isEqualTo(Map.of("name", "t001", "tags", List.of("x", "y")));
  }

  @Test
  void whatAMetatableGivesIsSeenWheneverItComes() {
    seenAndCopied();
    Table defaults = new Table();
    defaults.rawset("tier", LuaText.of("free"));
    Table metatable = new Table();
    metatable.rawset("__index", defaults);
    inner.setmetatable(metatable);
    assertThat(seenAndCopied())
        .isEqualTo(Map.of("name", "t001", "tags", Map.of(1d, "x", 2d, "y", "tier", "free")));
    defaults.rawset("tier", LuaText.of("paid"));
    assertThat(seenAndCopied())
        .isEqualTo(Map.of("name", "t001", "tags", Map.of(1d, "x", 2d, "y", "tier", "paid")));
  }

  @Test
  void whatCantBeCopiedIsToldEachTimeByItsPlace() {
    inner.rawset(3, NativeFunction.of("f", args -> LuaValue.NONE));
    for (String place : List.of("ctx t", "argument 1")) {
      TableCopy.of(table, TableView.MAX_SNAPSHOT);
      PlainCopy copy = new PlainCopy(Set.of());
      copy.of(table, place);
      assertThat(copy.opaque()).containsExactly(place + ".tags[3]: a function");
    }
  }

  @Test
  void dataOfCIsLeftOutAndTold() {
    table.rawset("id", Int64.signed(5));
    PlainCopy copy = new PlainCopy(Set.of());
    copy.of(table, "argument 1");
    assertThat(copy.opaque()).containsExactly("argument 1.id: a cdata");
    assertThat(JavaValues.toJava((LuaValue) Int64.unsigned(5))).isNull();
  }

  @Test
  void oneThatIsTooMuchForWhatIsLeftIsToldToo() {
    Table wide = new Table();
    for (int i = 1; i <= PlainCopy.MAX_VALUES - 100; i++) {
      wide.rawset(i, LuaValue.ONE);
    }
    TableCopy.of(wide, TableView.MAX_SNAPSHOT);
    PlainCopy copy = new PlainCopy(Set.of());
    copy.of(wide, "argument 1");
    assertThat(copy.opaque()).isEmpty();
    copy.of(wide, "argument 2");
    assertThat(copy.opaque()).isNotEmpty();
  }
}
