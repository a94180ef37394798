package dev.banyan.server.admin;

import dev.banyan.router.parity.Mismatch;
import dev.banyan.router.parity.Noise;
import dev.banyan.server.figures.MismatchFigures;
import dev.banyan.server.flags.FlagJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Owned by the ticking thread: turns what happens into events, once a second. */
final class LiveFeed {
  /** New mismatches that one second shows; the API has the others. */
  private static final int MAX_NEW = 20;

  private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);

  private final ControlRoom room;
  private final EventHub hub;
  private final JsonMapper json;
  private final EventStream events;
  private long lastMismatch;

  LiveFeed(ControlRoom room, EventHub hub, JsonMapper json, EventStream events) {
    this.room = room;
    this.hub = hub;
    this.json = json;
    this.events = events;
  }

  /** Flag changes are shown at once. */
  void connect() {
    room.flags()
        .onChange(entry -> hub.publish("flag", json.writeValueAsString(FlagJson.write(entry))));
  }

  void tick() {
    try {
      room.flags().settle();
      room.history().tick();
      publishMismatches();
      events.endStalled();
      if (events.isFollowed()) {
        hub.publishFigures(figures(room, json));
      }
    } catch (RuntimeException e) { // the next second is another try
      LOG.error("figures can't be shown", e);
    }
  }

  /** For any thread: what dashboards show of this second. */
  static String figures(ControlRoom room, JsonMapper json) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("status", room.figures().status());
    figures.put("modules", room.figures().modules());
    figures.put("second", room.history().latest());
    return json.writeValueAsString(figures);
  }

  private void publishMismatches() {
    List<Mismatch> fresh = new ArrayList<>();
    for (Mismatch mismatch : room.parity().newest(MAX_NEW)) {
      if (mismatch.id() > lastMismatch) {
        fresh.addFirst(mismatch);
      }
    }
    for (Mismatch mismatch : fresh) {
      lastMismatch = mismatch.id();
      Noise noise = room.parity().noise(mismatch.module());
      hub.publish("mismatch", json.writeValueAsString(MismatchFigures.mismatch(mismatch, noise)));
    }
  }
}
