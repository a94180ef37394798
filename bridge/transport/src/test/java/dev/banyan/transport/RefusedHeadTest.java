package dev.banyan.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is told and counted of a head that is refused. */
final class RefusedHeadTest {
  private static final String BEGUN = "GET / HTTP/1.1\r\nHost: a\r\n";

  private static RequestHead head(String text) {
    HeadParser parser = new HeadParser(ListenerLimits.DEFAULT);
    ByteBuf octets = Unpooled.copiedBuffer(text, ISO_8859_1);
    assertThat(parser.feed(octets)).isTrue();
    octets.release();
    return parser.take();
  }

  @Test
  void aHeaderLineThatIsTooLongIsToldAndNotCounted() {
    int room = ListenerLimits.DEFAULT.largeHeaderBytes();
    RequestHead refused = head(BEGUN + "X: " + "v".repeat(room) + "\r\n\r\n");
    assertThat(Objects.requireNonNull(refused.bad).reason())
        .isEqualTo(
            "client sent too long header line: \"X: "
                + "v".repeat(1_745)
                + "...\" while reading client request headers");
    assertThat(refused.counted).isEqualTo(BEGUN.length());
  }

  @Test
  void nothingCountsOfARequestLineThatIsTooLong() {
    int room = ListenerLimits.DEFAULT.largeHeaderBytes();
    assertThat(head("GET /" + "u".repeat(room) + " HTTP/1.1\r\n\r\n").counted).isZero();
  }

  @Test
  void aHeadThatIsTakenCountsWhole() {
    assertThat(head(BEGUN + "\r\n").counted).isEqualTo(BEGUN.length() + 2);
  }
}
