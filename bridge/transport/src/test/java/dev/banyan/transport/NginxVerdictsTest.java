package dev.banyan.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Well-formed and malformed requests get the status that a real nginx gave them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NginxVerdictsTest {
  private static final String START = "GET /r HTTP/1.1\r\nHost: a\r\nConnection: close\r\n";

  private final Workers workers = new Workers(1);
  private final Listener listener =
      Listener.bind(
          workers,
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          ListenerOptions.PLAIN,
          new Verdict());

  @AfterAll
  void stop() {
    listener.close();
    workers.close();
  }

  static List<RequestCase> requests() {
    return RequestCase.all();
  }

  @ParameterizedTest
  @MethodSource("requests")
  void theStatusIsNginxs(RequestCase request) throws Exception {
    assertThat(RawClient.talk(listener.address(), request.octets()))
        .endsWith("status " + request.status());
  }

  private String status(String request) throws Exception {
    String answer = RawClient.talk(listener.address(), request);
    return answer.substring(answer.lastIndexOf(' ') + 1);
  }

  private static String field(int octets) {
    return "foo: " + "a".repeat(octets - 7) + "\r\n";
  }

  @Test
  void aLineMustFitIntoALargeBuffer() throws Exception {
    String start = "GET /" + "a".repeat(8192 - 16) + " HTTP/1.1\r\n";
    assertThat(start).hasSize(8192);
    assertThat(status(start + "Host: a\r\nConnection: close\r\n\r\n")).isEqualTo("200");
    assertThat(status("GET /" + "a".repeat(8300) + " HTTP/1.1\r\n")).isEqualTo("414");
    assertThat(status(START + field(8192) + "\r\n")).isEqualTo("200");
    assertThat(status(START + field(8193) + "\r\n")).isEqualTo("494");
  }

  @Test
  void aHeadMustFitIntoAllBuffers() throws Exception {
    assertThat(status(START + field(8107).repeat(4) + "\r\n")).isEqualTo("200");
    assertThat(status(START + field(8107).repeat(5) + "\r\n")).isEqualTo("494");
    assertThat(status(START + field(100).repeat(330) + "\r\n")).isEqualTo("200");
    assertThat(status(START + field(100).repeat(340) + "\r\n")).isEqualTo("494");
    String longLine = "GET /r?" + "a".repeat(1100) + START.substring(6);
    assertThat(status(longLine + field(8107).repeat(3) + "\r\n")).isEqualTo("200");
    assertThat(status(longLine + field(8107).repeat(4) + "\r\n")).isEqualTo("494");
  }

  @ParameterizedTest
  @MethodSource("requests")
  void howAHeadIsCutIntoPiecesMakesNoDifference(RequestCase request) {
    String octets = request.octets();
    String whole = parse(octets, octets.length());
    for (int cut = 1; cut < octets.length(); cut++) {
      assertThat(parse(octets, cut)).as("cut at %d", cut).isEqualTo(whole);
    }
  }

  @Test
  void randomOctetsAreParsedTheSameInAnyPieces() {
    Random random = new Random(20);
    List<RequestCase> seeds = requests();
    for (int round = 0; round < 20_000; round++) {
      StringBuilder octets = new StringBuilder(seeds.get(random.nextInt(seeds.size())).octets());
      for (int change = random.nextInt(4); change >= 0; change--) {
        int at = random.nextInt(octets.length());
        octets.setCharAt(at, (char) random.nextInt(256));
      }
      String text = octets.toString();
      int cut = 1 + random.nextInt(text.length());
      assertThat(parse(text, cut)).isEqualTo(parse(text, text.length()));
    }
  }

  /** What the parser makes of the octets, given as two pieces and then one by one. */
  private static String parse(String octets, int cut) {
    HeadParser parser = new HeadParser(ListenerLimits.DEFAULT);
    ByteBuf first = Unpooled.copiedBuffer(octets.substring(0, cut), StandardCharsets.ISO_8859_1);
    boolean done = parser.feed(first);
    int rest = first.readableBytes() + octets.length() - cut;
    for (int i = cut; i < octets.length() && !done; i++) {
      ByteBuf next = Unpooled.wrappedBuffer(new byte[] {(byte) octets.charAt(i)});
      done = parser.feed(next);
      rest = octets.length() - i - 1;
    }
    if (!done) {
      return "incomplete";
    }
    RequestHead head = parser.take();
    return "%s %s %s %d %s %d %s %s rest %d"
        .formatted(
            head.bad == null ? "ok" : head.bad,
            head.method,
            head.target,
            head.version,
            head.targetHost,
            head.contentLength,
            head.chunked,
            head.headers,
            rest);
  }
}
