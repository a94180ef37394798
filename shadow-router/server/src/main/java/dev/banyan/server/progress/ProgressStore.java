package dev.banyan.server.progress;

import dev.banyan.server.flags.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Owned by its recorder: what is remembered, on disk. Stretches that have ended stand in one file,
 * a line each; the hour that goes on and what is known of the modules in another, which is replaced
 * whole.
 */
final class ProgressStore {
  /** The file of the stretches that have ended, in the state folder. */
  static final String PAST_FILE = "progress.ndjson";

  /** The file of what goes on, in the state folder. */
  static final String NOW_FILE = "progress-now.json";

  /** Hours that are kept as such: two weeks. */
  static final int HOURS = 14 * 24;

  /** Days that are kept: about two years. */
  static final int DAYS = 750;

  static final Duration HOUR = Duration.ofHours(1);
  static final Duration DAY = Duration.ofDays(1);

  private static final Logger LOG = LoggerFactory.getLogger(ProgressStore.class);

  private final Path past;
  private final Path now;
  private final JsonMapper json = new JsonMapper();

  ProgressStore(Path stateDir) {
    past = stateDir.resolve(PAST_FILE);
    now = stateDir.resolve(NOW_FILE);
  }

  /**
   * What was remembered; an open hour that is over has ended.
   *
   * @throws UncheckedIOException when the files can't be read
   */
  ProgressState load(Instant time) {
    try {
      List<Stretch> ended = ended();
      JsonNode tree = goingOn();
      Stretch open =
          tree == null ? null : known("open", () -> ProgressJson.stretch(tree.path("open")));
      if (open != null && !ended.isEmpty() && !open.at().isAfter(ended.getLast().at())) {
        open = null; // the process ended between the two files
      }
      Instant hour = hour(time);
      if (open != null && open.at().isBefore(hour)) {
        ended.add(open);
        append(open);
        open = null;
      }
      return new ProgressState(
          ended, open == null ? Stretch.begin(hour, HOUR) : open, tracks(tree));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Instant hour(Instant time) {
    return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), 3600L) * 3600);
  }

  private List<Stretch> ended() throws IOException {
    List<Stretch> ended = new ArrayList<>();
    if (Files.exists(past)) {
      DurableFiles.eachLine(past, line -> read(line, ended));
    }
    return ended;
  }

  private void read(String line, List<Stretch> ended) {
    try {
      ended.add(ProgressJson.stretch(json.readTree(line)));
    } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
      LOG.warn("{} has a line that is no stretch of time; it is skipped: {}", past, e.getMessage());
    }
  }

  private @Nullable JsonNode goingOn() throws IOException {
    if (!Files.exists(now)) {
      return null;
    }
    try {
      return json.readTree(Files.readAllBytes(now));
    } catch (JacksonException e) {
      LOG.warn("{} is damaged; what it knew is counted anew: {}", now, e.getOriginalMessage());
      return null;
    }
  }

  private Map<String, ModuleTrack> tracks(@Nullable JsonNode tree) {
    Map<String, ModuleTrack> tracks = new TreeMap<>();
    if (tree != null) {
      for (Map.Entry<String, JsonNode> one : tree.path("modules").properties()) {
        ModuleTrack track = known(one.getKey(), () -> ProgressJson.track(one.getValue()));
        if (track != null) {
          tracks.put(one.getKey(), track);
        }
      }
    }
    return tracks;
  }

  /** What can't be made sense of is counted anew: it keeps nobody from serving. */
  private <T> @Nullable T known(String what, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
      LOG.warn("{}: {} is damaged and is counted anew: {}", now, what, e.getMessage());
      return null;
    }
  }

  /** Adds a stretch that has ended. */
  void append(Stretch stretch) throws IOException {
    DurableFiles.append(past, line(stretch).getBytes(StandardCharsets.UTF_8));
  }

  /** Replaces the stretches that have ended. */
  void replace(List<Stretch> stretches) throws IOException {
    StringBuilder text = new StringBuilder();
    stretches.forEach(stretch -> text.append(line(stretch)));
    DurableFiles.replace(past, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private String line(Stretch stretch) {
    return json.writeValueAsString(ProgressJson.write(stretch)) + "\n";
  }

  /** Keeps what goes on. */
  void keep(Stretch open, Map<String, ModuleTrack> tracks) throws IOException {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("open", ProgressJson.write(open));
    Map<String, Object> modules = new LinkedHashMap<>();
    tracks.forEach((name, track) -> modules.put(name, ProgressJson.write(track)));
    tree.put("modules", modules);
    DurableFiles.replace(now, json.writeValueAsBytes(tree));
  }

  /** Makes days of old hours, and lets go of the oldest days. */
  static List<Stretch> compact(List<Stretch> all) {
    int hours = (int) all.stream().filter(stretch -> stretch.span().equals(HOUR)).count();
    int tooMany = hours - HOURS;
    if (tooMany <= 0) {
      return all;
    }
    List<Stretch> kept = new ArrayList<>();
    for (Stretch stretch : all) {
      boolean merges = stretch.span().equals(HOUR) && tooMany > 0;
      tooMany -= merges ? 1 : 0;
      Instant day = Instant.ofEpochSecond(stretch.at().getEpochSecond() / 86_400 * 86_400);
      if (!merges) {
        kept.add(stretch);
      } else if (!kept.isEmpty() && kept.getLast().at().equals(day)) {
        kept.add(kept.removeLast().plus(stretch.withoutLua(), stretch.inLua(), stretch.modules()));
      } else {
        kept.add(
            Stretch.begin(day, DAY).plus(stretch.withoutLua(), stretch.inLua(), stretch.modules()));
      }
    }
    return kept.subList(Math.max(0, kept.size() - HOURS - DAYS), kept.size());
  }
}
