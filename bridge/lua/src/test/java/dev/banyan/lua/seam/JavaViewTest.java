package dev.banyan.lua.seam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.api.Legacy;
import dev.banyan.api.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JavaViewTest {
  @Test
  void aTableWithinIsTheSameViewEachTime() {
    View view = JavaView.of(Map.of("rate", Map.of("burst", 5d), "hosts", List.of("a", "b")));
    assertThat(view.view("rate")).isNotNull().isSameAs(view.view("rate"));
    assertThat(view.view("hosts")).isNotNull().isSameAs(view.view("hosts"));
  }

  @Test
  void aTableThatTookAnothersPlaceIsSeen() {
    Map<String, Object> fields = new HashMap<>(Map.of("rate", Map.of("burst", 5d)));
    View view = JavaView.of(fields);
    assertThat(burst(view)).isEqualTo(5);
    fields.put("rate", Map.of("burst", 6d));
    assertThat(burst(view)).isEqualTo(6);
    fields.remove("rate");
    assertThat(view.view("rate")).isNull();
  }

  private static double burst(View view) {
    View rate = view.view("rate");
    return rate == null ? 0 : rate.number("burst", 0);
  }

  @Test
  void moreTablesThanAreKeptAreSeenAllTheSame() {
    List<Map<String, Double>> items = new ArrayList<>();
    Map<String, Object> fields = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      items.add(Map.of("at", (double) i));
      fields.put("key" + i, items.get(i));
    }
    View list = JavaView.of(items);
    View map = JavaView.of(fields);
    for (int turn = 0; turn < 2; turn++) {
      for (int i = 0; i < items.size(); i++) {
        assertThat(list.at(i + 1) instanceof View item ? item.number("at", -1) : -1).isEqualTo(i);
        assertThat(map.view("key" + i)).extracting(item -> item.number("at", -1)).isEqualTo(1d * i);
      }
    }
    assertThat(list.at(0)).isNull();
    assertThat(list.at(1_001)).isNull();
    assertThat(list.length()).isEqualTo(1_000);
  }

  @Test
  void anObjectOfTheLegacysHasOneViewAsLongAsItLasts() {
    Legacy tenant = Legacy.of("lookup", "shop", Map.of("id", "t1"));
    assertThat(JavaView.of(tenant)).isSameAs(JavaView.of(tenant));
    assertThat(JavaView.of(Map.of("group", tenant)).view("group")).isSameAs(JavaView.of(tenant));
    assertThat(new PortValue("edge.tenant", tenant).view()).isSameAs(JavaView.of(tenant));
  }
}
