package dev.banyan.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HeadTextTest {
  private static String written(HeadText head) {
    ByteBuf out = Unpooled.buffer();
    head.writeTo(out);
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  @Test
  void aHeadIsItsOctetsHoweverLongItGets() {
    String value = "\u00e9x".repeat(40_000);
    HeadText head = HeadText.begin().add("HTTP/1.1 200 OK").line().field("A", value).line();
    assertThat(written(head)).isEqualTo("HTTP/1.1 200 OK\r\nA: " + value + "\r\n\r\n");
    assertThat(written(HeadText.begin().add("next").line())).isEqualTo("next\r\n");
  }

  /** The last three are chars whose lower octet is one that forges: it is what would go out. */
  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\rb", "a\0b", "\u010a", "\u200d", "\u0100"})
  void whatWouldForgeAFieldIsRefusedInNamesAndValues(String text) {
    assertThatThrownBy(() -> HeadText.begin().field("name", text))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HeadText.begin().field(text, "value"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HeadText.begin().foreign(text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
