package dev.banyan.lua.seam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private static Places some() {
    return Places.of(new String[] {"b", "d"}, new @Nullable Object[] {1d, null});
  }

  @Test
  void theyAreAMapInTheOrderOfTheirNames() {
    Places places = some();
    places.put("c", "x");
    places.put("a", List.of("y"));
    places.put("b", 2d);
    assertThat(places)
        .containsExactly(
            entry("a", List.of("y")), entry("b", 2d), entry("c", "x"), entry("d", null));
    places.keySet().removeIf(name -> name.compareTo("c") < 0);
    assertThat(places).containsOnlyKeys("c", "d");
    assertThat(places.remove("c")).isEqualTo("x");
    assertThat(places.get("c")).isNull();
    assertThat(places.containsKey("d")).isTrue();
  }

  @Test
  void aCopyAndItsOriginalDontSeeEachOthersChanges() {
    Places one = some();
    one.put("a", 0d);
    Places two = Places.copy(one);
    two.put("c", "two");
    two.put("b", "two");
    one.put("e", "one");
    assertThat(one).isEqualTo(mapped("a", 0d, "b", 1d, "d", null, "e", "one"));
    assertThat(two).isEqualTo(mapped("a", 0d, "b", "two", "c", "two", "d", null));
  }

  @Test
  void placesOfOneKindAreHadAsOthersHaveThem() {
    Places mine = some();
    mine.put("c one", "mine");
    mine.put("c three", "gone");
    mine.put("c two", null);
    Places copy = Places.copy(mine);
    Places others = some();
    others.put("a", 0d);
    others.put("b", 7d);
    others.put("c one", "theirs");
    others.put("c two", "theirs");
    others.put("c zero", "theirs");
    mine.have("c ", others);
    assertThat(mine)
        .containsExactly(
            entry("b", 1d),
            entry("c one", "mine"),
            entry("c two", "theirs"),
            entry("c zero", "theirs"),
            entry("d", null));
    assertThat(copy.get("c three")).isEqualTo("gone");
    mine.have("c ", some());
    assertThat(mine).isEqualTo(some());
  }

  @Test
  void anObservationsPlacesStayAsTheyAre() {
    Places places = some();
    Observed observed = new Observed(List.of(), null, null, places, null);
    assertThatThrownBy(() -> places.put("a", 1d)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> observed.state().remove("b"))
        .isInstanceOf(UnsupportedOperationException.class);
    Places copy = Places.copy(observed.state());
    copy.put("a", 1d);
    assertThat(observed.state()).containsOnlyKeys("b", "d");
  }

  @Test
  void aPlaceWithoutAValueIsAsNoPlace() {
    Places longer = some();
    longer.put("a", null);
    longer.put("z", null);
    assertThat(longer.showsAs(some())).isTrue();
    assertThat(some().showsAs(longer)).isTrue();
    longer.put("z", 1d);
    assertThat(longer.showsAs(some())).isFalse();
    assertThat(some().showsAs(longer)).isFalse();
  }

  @Test
  void anySequenceOfChangesGivesWhatASortedMapGives() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      Places places = Places.copy(new TreeMap<>(Map.of("m", 1d)));
      Map<String, Object> map = new TreeMap<>(places);
      for (int step = 0; step < 60; step++) {
        String name = Character.toString('a' + random.nextInt(26));
        if (random.nextInt(3) == 0) {
          assertThat(places.remove(name)).isEqualTo(map.remove(name));
        } else {
          double value = random.nextInt(5);
          assertThat(places.put(name, value)).isEqualTo(map.put(name, value));
        }
        if (random.nextInt(10) == 0) {
          places = Places.copy(places);
        }
      }
      assertThat(List.copyOf(places.entrySet())).isEqualTo(List.copyOf(map.entrySet()));
    }
  }

  private static Map<String, @Nullable Object> mapped(@Nullable Object... pairs) {
    Map<String, @Nullable Object> map = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }
}
