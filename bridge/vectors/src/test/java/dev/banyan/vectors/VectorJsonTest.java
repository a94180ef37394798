package dev.banyan.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.api.Journal;
import dev.banyan.api.Journal.Entry;
import dev.banyan.lua.seam.RecordedCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

final class VectorJsonTest {
  @TempDir Path folder = Path.of("");
  private final JsonMapper json = new JsonMapper();

  private RecordedCall again(RecordedCall call) {
    return VectorJson.read(json.readTree(json.writeValueAsString(VectorJson.write(call))));
  }

  @Test
  void aCallComesBackAsItWas() {
    RecordedCall call = Calls.access(new Journal(12), "t");
    RecordedCall back = again(call);
    assertThat(back.before()).isEqualTo(call.before());
    assertThat(back.after()).isEqualTo(call.after());
    assertThat(back.journal().millis()).isEqualTo(12);
    assertThat(back.phase()).isEqualTo(call.phase());
  }

  @Test
  void everyPlainValueOfLuaComesBack() {
    List<Object> values =
        Arrays.asList(
            null,
            true,
            1.5,
            -0.25,
            0d,
            -0d,
            1e300,
            Double.NaN,
            Double.NEGATIVE_INFINITY,
            "\u0000\u00ff\n\"",
            List.of(1d, List.of("x")),
            Map.of("a", 1d, "#b", Map.of()),
            Map.of(2.5, "x", -1d, "y", "2.5", "z"));
    RecordedCall back = again(Calls.add(values, values));
    assertThat(back.arguments()).isEqualTo(values);
    assertThat(back.results()).isEqualTo(values);
  }

  @Test
  void everyEntryOfAJournalComesBack() {
    Journal journal = new Journal(1_700_000_000_123L);
    List<Entry> entries =
        List.of(
            new Entry.Draw(0.123456789),
            new Entry.Time(1_700_000_000_124L),
            new Entry.DictCall("d", "set", "k", Arrays.asList("v", 60d, null), null),
            new Entry.DictCall("d", "keys", "", List.of(), List.of("a", "b")),
            new Entry.Connected(1, Journal.Transport.UDP, "10.0.0.1", 53),
            new Entry.Resolved("n", List.of("10.0.0.2")),
            new Entry.Chose("peer", "10.0.0.3:80"));
    entries.forEach(entry -> journal.add(entry, 1));
    journal.add(new Entry.Sent(1, new byte[] {0, -1}), 2);
    journal.add(new Entry.Received(1, new byte[] {7}), 1);
    List<Entry> back = again(Calls.access(journal, "t")).journal().entries();
    assertThat(back).hasSize(9).startsWith(entries.toArray(Entry[]::new));
    assertThat(((Entry.Sent) back.get(7)).octets()).containsExactly(0, -1);
    assertThat(((Entry.Received) back.get(8)).octets()).containsExactly(7);
  }

  @Test
  void whatIsNoVectorSaysSoWithItsFile() throws IOException {
    assertThatThrownBy(() -> VectorFolder.read(folder.resolve("gone")))
        .isInstanceOf(BadVector.class)
        .hasMessageContaining("no such folder")
        .hasMessageContaining("banyan learn");
    assertThatThrownBy(() -> VectorFolder.read(folder)).hasMessageContaining("holds no vectors");

    Files.writeString(folder.resolve("learned.json"), "{}");
    Files.writeString(folder.resolve("1.json"), "{ nonsense");
    assertThatThrownBy(() -> VectorFolder.read(folder)).hasMessageContaining("1.json is no JSON");
    Files.writeString(folder.resolve("1.json"), "{\"format\": 9}");
    assertThatThrownBy(() -> VectorFolder.read(folder))
        .hasMessageContaining("1.json: \"format\" is 9, expected 1: record it again");
    Files.writeString(folder.resolve("1.json"), "{\"format\": 1, \"module\": \"m\"}");
    assertThatThrownBy(() -> VectorFolder.read(folder))
        .hasMessageContaining("\"function\" is missing");
  }
}
