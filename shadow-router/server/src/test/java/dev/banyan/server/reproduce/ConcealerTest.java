package dev.banyan.server.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.router.parity.Redactor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConcealerTest {
  private final Concealer concealer =
      new Concealer(new Redactor(new byte[] {1}, Set.of(), Redactor.Bodies.HIDDEN));

  private static Map<String, @Nullable Object> vector(String part, Object value) {
    Map<String, @Nullable Object> vector = new LinkedHashMap<>();
    vector.put(part, value);
    return vector;
  }

  @Test
  void aHeaderGoesByItsNameAndTheOthersStay() {
    Object head =
        List.of(List.of("Authorization", "opensesame"), List.of("Accept", "text/html, */*"));
    String clean = concealer.clean(vector("request", Map.of("headers", head))).toString();

    assertThat(clean).doesNotContain("opensesame").contains("text/html, */*");
    assertThat(concealer.hidden()).containsExactly("request.headers authorization");
  }

  @Test
  void whatADictAnswersGoesByItsKey() {
    Object entry = Map.of("operation", "get", "key", "password:ann", "answer", List.of("abc"));
    String clean = concealer.clean(vector("world", Map.of("entries", List.of(entry)))).toString();

    assertThat(clean).doesNotContain("abc");
    assertThat(concealer.hidden()).isNotEmpty();
  }

  @Test
  void bodiesPiecesAndWhatWentOverSocketsAreHiddenWhole() {
    Object request = Map.of("body", "plain words", "chunk", "other words");
    Object world = Map.of("entries", List.of(Map.of("sent", 1, "octets", "GET words")));
    Map<String, @Nullable Object> vector = vector("request", request);
    vector.put("world", world);

    assertThat(concealer.clean(vector).toString()).doesNotContain("words");
    assertThat(concealer.hidden())
        .containsExactly("request.body", "request.chunk", "world.entries[].octets");
  }

  @Test
  void whatLuaAnsweredIsHiddenButIsNoCause() {
    concealer.clean(vector("results", List.of("password=opensesame")));

    assertThat(concealer.hidden()).isEmpty();
  }

  @Test
  void aLongTextIsNotShortened() {
    String text = "word ".repeat(500);

    assertThat(concealer.clean(vector("arguments", List.of(text))))
        .containsEntry("arguments", List.of(text));
  }
}
