package dev.banyan.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Well-formed and malformed HTTP/2 requests end as a real nginx ended them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Http2VerdictsTest {
  private static final Pattern ESCAPE = Pattern.compile("\\\\x([0-9a-f]{2})");

  private final Workers workers = new Workers(1);
  private final Listener listener =
      Listener.bind(
          workers,
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          new ListenerOptions(ListenerLimits.DEFAULT, null, true, false, 128),
          new Verdict());

  /** A request and what became of it. */
  record Asked(String verdict, String what, List<String> data, List<RawHttp2Client.Field> fields) {
    static Asked of(String line) {
      String[] parts = line.split(" \\| ", 4);
      List<RawHttp2Client.Field> fields = new ArrayList<>();
      for (String field : parts[3].split(";")) {
        int equals = field.indexOf('=');
        fields.add(
            new RawHttp2Client.Field(
                octets(field.substring(0, equals)), octets(field.substring(equals + 1))));
      }
      List<String> data = parts[2].isEmpty() ? List.of() : Arrays.asList(parts[2].split(" "));
      return new Asked(parts[0], parts[1], data, fields);
    }

    private static String octets(String escaped) {
      return ESCAPE
          .matcher(escaped)
          .replaceAll(m -> String.valueOf((char) Integer.parseInt(m.group(1), 16)));
    }

    @Override
    public String toString() {
      return what;
    }
  }

  @AfterAll
  void stop() {
    listener.close();
    workers.close();
  }

  static List<Asked> requests() throws IOException {
    try (InputStream in = Http2VerdictsTest.class.getResourceAsStream("http2.verdicts")) {
      byte[] octets = Objects.requireNonNull(in).readAllBytes();
      return new String(octets, StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(Asked::of)
          .toList();
    }
  }

  private String ask(List<RawHttp2Client.Field> fields, List<String> data) throws IOException {
    try (RawHttp2Client client = new RawHttp2Client(listener.address())) {
      return client.ask(fields, data);
    }
  }

  @ParameterizedTest
  @MethodSource("requests")
  void theVerdictIsNginxs(Asked asked) throws IOException {
    String expected = asked.verdict().equals("reset") ? "reset" : "status " + asked.verdict();
    assertThat(ask(asked.fields(), asked.data())).isEqualTo(expected);
  }

  private static List<RawHttp2Client.Field> with(RawHttp2Client.Field... more) {
    List<RawHttp2Client.Field> fields = new ArrayList<>();
    fields.add(new RawHttp2Client.Field(":method", "GET"));
    fields.add(new RawHttp2Client.Field(":scheme", "http"));
    fields.add(new RawHttp2Client.Field(":path", "/"));
    fields.add(new RawHttp2Client.Field(":authority", "a"));
    fields.addAll(List.of(more));
    return fields;
  }

  @Test
  void aFieldLongerThanALargeBufferEndsTheConnection() throws IOException {
    RawHttp2Client.Field fits = new RawHttp2Client.Field("x", "v".repeat(8192));
    assertThat(ask(with(fits), List.of())).isEqualTo("status 200");
    RawHttp2Client.Field value = new RawHttp2Client.Field("x", "v".repeat(8193));
    assertThat(ask(with(value), List.of())).isEqualTo("go away 11");
    RawHttp2Client.Field name = new RawHttp2Client.Field("x".repeat(8193), "v");
    assertThat(ask(with(name), List.of())).isEqualTo("go away 11");
  }

  @Test
  void aNameWithoutAnOctetEndsTheConnection() throws IOException {
    RawHttp2Client.Field empty = new RawHttp2Client.Field("", "v");
    assertThat(ask(with(empty), List.of())).isEqualTo("go away 1");
  }

  @Test
  void moreFieldsThanAllLargeBuffersHoldEndTheConnection() throws IOException {
    RawHttp2Client.Field[] fields = new RawHttp2Client.Field[340];
    Arrays.fill(fields, new RawHttp2Client.Field("x", "v".repeat(99)));
    assertThat(ask(with(fields), List.of())).isEqualTo("go away 11");
  }

  @Test
  void trailersWithAPseudoFieldEndTheConnection() throws IOException {
    try (RawHttp2Client client = new RawHttp2Client(listener.address())) {
      assertThat(client.ask(with(), List.of("abc"), with())).isEqualTo("go away 1");
    }
  }
}
