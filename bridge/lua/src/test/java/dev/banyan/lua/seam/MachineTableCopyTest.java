package dev.banyan.lua.seam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.View;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.LuaVmOptions;
import dev.banyan.lua.Table;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.luaj.vm2.LuaValue;

/** The same for tables of a machine, which knows whether any of them has changed at all. */
final class MachineTableCopyTest extends TableCopyTest {
  @BeforeEach
  void machine() {
    LuaVm.create(LuaVmOptions.of(List.of()));
  }

  private static Table holding(String key, LuaValue value) {
    Table table = new Table();
    table.rawset(key, value);
    return table;
  }

  private static View copy(Table table) {
    return TableCopy.of(table, 100);
  }

  @Test
  void aChangeFarBelowIsSeenAfterAnotherTableWasCopiedAgain() {
    Table deep = holding("value", LuaText.of("old"));
    Table top = holding("middle", holding("deep", deep));
    Table other = holding("value", LuaText.of("old"));
    View first = copy(top);
    copy(other);
    other.rawset("value", LuaText.of("new"));
    copy(other);
    assertThat(copy(top)).isSameAs(first);
    deep.rawset("value", LuaText.of("new"));
    assertThat(copy(deep).get("value")).isEqualTo("new");
    View middle = Objects.requireNonNull(copy(top).view("middle"));
    assertThat(Objects.requireNonNull(middle.view("deep")).get("value")).isEqualTo("new");
    assertThat(copy(top)).isSameAs(copy(top));
  }
}
