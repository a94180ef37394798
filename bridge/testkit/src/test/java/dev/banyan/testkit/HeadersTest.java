package dev.banyan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.api.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class HeadersTest {
  private static final List<String> NAMES =
      List.of("Cookie", "cookie", "COOKIE", "Accept", "X-A", "x-a", "X-B", "", "Y-A", "Coolie");

  private record Field(String name, String value) {}

  /** The fields as a plain list, changed by what the documentation says. */
  private static final class Plain {
    private final List<Field> fields = new ArrayList<>();

    int first(String name) {
      for (int i = 0; i < fields.size(); i++) {
        if (fields.get(i).name().equalsIgnoreCase(name)) {
          return i;
        }
      }
      return -1;
    }

    List<String> all(String name) {
      return fields.stream()
          .filter(field -> field.name().equalsIgnoreCase(name))
          .map(Field::value)
          .toList();
    }

    void set(String name, String value) {
      int at = first(name);
      if (at < 0) {
        fields.add(new Field(name, value));
        return;
      }
      fields.set(at, new Field(name, value));
      for (int i = fields.size() - 1; i > at; i--) {
        if (fields.get(i).name().equalsIgnoreCase(name)) {
          fields.remove(i);
        }
      }
    }
  }

  private static List<Field> fields(Headers headers) {
    List<Field> fields = new ArrayList<>();
    headers.forEach((name, value) -> fields.add(new Field(name, value)));
    return fields;
  }

  @Test
  void areAListOfFieldsWhoseNamesHaveNoCaseWhateverIsDoneToThem() {
    Random random = new Random(7);
    Headers headers = new Headers();
    Plain plain = new Plain();
    Headers frozen = headers.frozen();
    List<Field> asTheyWere = List.of();
    for (int i = 0; i < 20_000; i++) {
      String name = NAMES.get(random.nextInt(NAMES.size()));
      String value = "v" + i;
      switch (random.nextInt(8)) {
        case 0, 1, 2, 3 -> {
          headers.add(name, value);
          plain.fields.add(new Field(name, value));
        }
        case 4 -> {
          headers.set(name, value);
          plain.set(name, value);
        }
        case 5 ->
            assertThat(headers.remove(name))
                .isEqualTo(plain.fields.removeIf(field -> field.name().equalsIgnoreCase(name)));
        case 6 -> {
          if (headers.size() > 0) {
            int at = random.nextInt(headers.size());
            headers.removeAt(at);
            plain.fields.remove(at);
          }
        }
        default -> headers = random.nextBoolean() ? headers.copy() : headers.copyFirst(1_000);
      }
      assertThat(fields(headers)).isEqualTo(plain.fields);
      assertThat(headers.all(name)).isEqualTo(plain.all(name));
      int first = plain.first(name);
      assertThat(headers.first(name)).isEqualTo(first < 0 ? null : plain.fields.get(first).value());
      assertThat(headers.spelling(name))
          .isEqualTo(first < 0 ? null : plain.fields.get(first).name());
      assertThat(headers.contains(name)).isEqualTo(first >= 0);
      assertThat(fields(frozen)).isEqualTo(asTheyWere);
      if (random.nextInt(4) == 0) {
        frozen = headers.frozen();
        asTheyWere = List.copyOf(plain.fields);
      }
    }
  }

  @Test
  void frozenOnesAreTheSameUntilSomethingChangesAndCantBeChangedThemselves() {
    Headers headers = new Headers();
    headers.add("X-A", "1");
    Headers frozen = headers.frozen();
    assertThat(headers.frozen()).isSameAs(frozen);
    headers.remove("X-B");
    assertThat(headers.frozen()).isSameAs(frozen);
    headers.setValue("x-a", "2");
    assertThat(headers.frozen()).isNotSameAs(frozen);
    assertThat(frozen.first("X-A")).isEqualTo("1");
    assertThat(frozen.frozen()).isSameAs(frozen);
    assertThatThrownBy(() -> frozen.add("X-C", "3"))
        .isInstanceOf(UnsupportedOperationException.class);
    Headers own = frozen.copy();
    own.add("X-C", "3");
    assertThat(frozen.contains("X-C")).isFalse();
  }

  @Test
  void aCopyOfTheFirstFieldsIsOneOfItsOwn() {
    Headers headers = new Headers();
    for (int i = 0; i < 40; i++) {
      headers.add("X-" + i, "v" + i);
    }
    Headers few = headers.copyFirst(2);
    few.add("X-New", "v");
    headers.removeAt(0);

    assertThat(fields(few))
        .containsExactly(new Field("X-0", "v0"), new Field("X-1", "v1"), new Field("X-New", "v"));
    assertThat(headers.size()).isEqualTo(39);
    assertThat(headers.first("x-39")).isEqualTo("v39");
  }

  @Test
  void whatIsOnlyToBeLookedAtCannotBeChanged() {
    Headers headers = new Headers();
    for (int i = 0; i < 40; i++) {
      headers.add("X-" + i, "v" + i);
    }
    for (int max : new int[] {0, 2, 40, 100}) {
      Headers seen = headers.frozenFirst(max);
      assertThat(fields(seen)).isEqualTo(fields(headers.copyFirst(max)));
      assertThat(seen.first("x-39")).isEqualTo(headers.copyFirst(max).first("x-39"));
      for (Consumer<Headers> change : CHANGES) {
        assertThatExceptionOfType(UnsupportedOperationException.class)
            .isThrownBy(() -> change.accept(seen));
      }
    }
    assertThat(headers.size()).isEqualTo(40);
  }

  private static final List<Consumer<Headers>> CHANGES =
      List.of(
          headers -> headers.add("X-New", "v"),
          headers -> headers.set("X-New", "v"),
          headers -> headers.set("X-0", "v"),
          headers -> headers.setValue("X-0", "v"),
          headers -> headers.remove("X-0"),
          headers -> headers.removeAt(0),
          Headers::clear);

  @Test
  void valuesOfOneNameAreJoined() {
    Headers headers = new Headers();
    headers.add("Cookie", "a=1");
    headers.add("Accept", "*/*");
    headers.add("cookie", "b=2");
    assertThat(headers.joined("COOKIE")).isEqualTo("a=1, b=2");
    assertThat(headers.joined("accept")).isEqualTo("*/*");
    assertThat(headers.joined("Referer")).isNull();
  }
}
