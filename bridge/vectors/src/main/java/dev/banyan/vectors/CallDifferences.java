package dev.banyan.vectors;

import dev.banyan.api.Journal;
import dev.banyan.api.Journal.Entry;
import dev.banyan.gateway.seam.PortReplay.Difference;
import dev.banyan.lua.seam.Plain;
import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.lua.seam.RecordedState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Where two runs of the same call by Lua differ: all that it returned, changed and did. */
public final class CallDifferences {
  private static final int MOST = 20;

  private CallDifferences() {}

  static List<Difference> of(RecordedCall before, RecordedCall now) {
    Map<String, @Nullable Object> one = places(before);
    Map<String, @Nullable Object> other = places(now);
    Set<String> names = new TreeSet<>(one.keySet());
    names.addAll(other.keySet());
    List<Difference> found = new ArrayList<>();
    for (String name : names) {
      if (!Objects.equals(one.get(name), other.get(name)) && found.size() < MOST) {
        found.add(new Difference(name, one.get(name), other.get(name)));
      }
    }
    return found;
  }

  /** Whether both asked the world the same and did the same there. */
  public static boolean isSameWorld(RecordedCall before, RecordedCall now) {
    return world(before.journal()).equals(world(now.journal()));
  }

  private static Map<String, @Nullable Object> places(RecordedCall call) {
    Map<String, @Nullable Object> places = new TreeMap<>();
    RecordedState after = call.after();
    places.put("error", call.error());
    places.put("ending", call.ending());
    places.put("body", call.printed());
    for (int i = 0; i < call.results().size(); i++) {
      places.put("result " + (i + 1), Plain.of(call.results().get(i)));
    }
    after.ctx().forEach((key, value) -> places.put("ctx " + key, Plain.of(value)));
    after.variables().forEach((name, value) -> places.put("var " + name, value));
    head("request header ", after.requestHeaders(), places);
    head("response header ", after.responseHeaders(), places);
    places.put("method", after.method());
    places.put("uri", after.uri());
    places.put("args", after.args());
    places.put("chunk", after.chunk());
    places.put("last chunk", after.lastChunk());
    if (call.ending() == null) {
      places.put("status", (double) after.status());
    }
    places.put("log", call.journal().lines());
    places.put("world", world(call.journal()));
    return places;
  }

  private static void head(
      String kind, List<RecordedState.Field> head, Map<String, @Nullable Object> to) {
    for (RecordedState.Field field : head) {
      to.merge(kind + field.name().toLowerCase(Locale.ROOT), field.value(), (a, b) -> a + ", " + b);
    }
  }

  /** What was asked and done, without the times and with sockets told by their peers. */
  private static List<String> world(Journal journal) {
    List<String> words = new ArrayList<>();
    for (Entry entry : journal.entries()) {
      switch (entry) {
        case Entry.Time _ -> {
          // when it was asked is no part of what it did
        }
        case Entry.Logged _ -> {
          // a place of its own
        }
        case Entry.Draw _ -> words.add("random number");
        case Entry.DictCall call ->
            words.add(
                "dict "
                    + call.dict()
                    + " "
                    + call.operation()
                    + " "
                    + call.key()
                    + Plain.list(call.arguments())
                    + " = "
                    + Plain.of(call.answer()));
        case Entry.Connected socket ->
            words.add(
                "connected " + socket.transport() + " " + socket.host() + ":" + socket.port());
        case Entry.Sent sent -> words.add("sent " + text(sent.octets()));
        case Entry.Received received -> words.add("received " + text(received.octets()));
        case Entry.Resolved resolved -> words.add("resolved " + resolved.name());
        case Entry.Chose(String what, String value) -> words.add("chose " + what + " " + value);
      }
    }
    return words;
  }

  private static String text(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }
}
