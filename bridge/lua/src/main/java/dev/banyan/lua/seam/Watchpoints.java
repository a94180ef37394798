package dev.banyan.lua.seam;

import dev.banyan.api.Headers;
import dev.banyan.api.Phase;
import dev.banyan.lua.KnownTexts;
import dev.banyan.lua.ngx.FieldSpelling;
import dev.banyan.lua.ngx.RequestContext;
import dev.banyan.lua.ngx.RequestHost;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;

/**
 * For any thread: the watched places of one handler, made ready to be looked at before and after
 * each of its calls.
 */
public final class Watchpoints {
  private static final String REQUEST = "request header ";
  private static final String RESPONSE = "response header ";
  private static final String ANY = "*";
  private static final String CHUNK = "chunk";
  private static final int MAX_KNOWN = 256;

  /** As numbers of Lua's; the same object each time, so that it can be seen that none was set. */
  private static final Double[] STATUSES =
      IntStream.range(0, 600).mapToObj(Double::valueOf).toArray(Double[]::new);

  /** Nothing is watched: a plain function. */
  public static final Watchpoints NOTHING = new Watchpoints(Watched.NOTHING);

  private final Watched watched;
  private final Reading[] readings;
  private final String[] names;
  private final Showing[] showings;
  private final Head[] requestHeads;
  private final Head[] responseHeads;
  private final boolean allRequest;
  private final boolean allResponse;

  /** Where a reading is; negative where there is none. */
  private final int requestAt;

  private final int responseAt;
  private final int chunkAt;

  /** Of a plain function, always the same. */
  private final @Nullable Look nothing;

  /** Of names as they were written, where all headers are watched. */
  private final Map<String, Head> requestNames = new ConcurrentHashMap<>();

  private final Map<String, Head> responseNames = new ConcurrentHashMap<>();

  /** Notes something as it is, on the request's thread; what nobody changes any more. */
  @FunctionalInterface
  private interface Reading {
    @Nullable Object of(RequestHost request);
  }

  /** Makes a place's plain value of what was noted, on any thread. */
  @FunctionalInterface
  private interface Showing {
    @Nullable Object of(@Nullable Object[] noted);
  }

  private record Point(String name, Showing showing) {}

  /**
   * A watched header.
   *
   * @param spelling the place of its name's spelling; null when that is not shown to clients
   */
  private record Head(String place, String name, @Nullable String spelling) {
    static Head of(String kind, String name) {
      String place = kind + name;
      return new Head(place, name, FieldSpelling.isShown(name) ? Watched.SPELLING + place : null);
    }
  }

  /** Makes these places ready. */
  public Watchpoints(Watched watched) {
    this.watched = watched;
    List<Reading> reads = new ArrayList<>();
    List<Point> points = new ArrayList<>();
    for (String key : watched.ctx()) {
      LuaString name = KnownTexts.name(key);
      int at = add(reads, request -> KeptValues.keep(RequestContext.get(request, name)));
      points.add(new Point("ctx " + key, noted -> Plain.of(KeptValues.java(noted[at]))));
    }
    for (String name : watched.vars()) {
      point(points, reads, "var " + name, request -> request.variable(name));
    }
    if (watched.uri()) {
      point(points, reads, "uri", RequestHost::uri);
      point(points, reads, "args", RequestHost::args);
    }
    if (watched.status()) {
      point(points, reads, "status", request -> status(request.status()));
    }
    this.requestHeads = heads(REQUEST, watched.requestHeaders());
    this.responseHeads = heads(RESPONSE, watched.responseHeaders());
    this.allRequest = watched.requestHeaders().contains(ANY);
    this.allResponse = watched.responseHeaders().contains(ANY);
    this.requestAt =
        allRequest || requestHeads.length > 0
            ? add(reads, request -> request.requestHeaders().frozen())
            : -1;
    this.responseAt =
        allResponse || responseHeads.length > 0
            ? add(reads, request -> request.responseHeaders().frozen())
            : -1;
    this.chunkAt =
        watched.chunk()
            ? add(reads, r -> r.phase() == Phase.BODY_FILTER ? r.filterChunk() : null)
            : -1;
    points(points, requestHeads, requestAt);
    points(points, responseHeads, responseAt);
    points.sort(Comparator.comparing(Point::name));
    this.readings = reads.toArray(Reading[]::new);
    this.names = points.stream().map(Point::name).toArray(String[]::new);
    this.showings = points.stream().map(Point::showing).toArray(Showing[]::new);
    this.nothing = readings.length == 0 ? new Look(this, new @Nullable Object[0]) : null;
  }

  /** Where the reading is from now on. */
  private static int add(List<Reading> readings, Reading one) {
    readings.add(one);
    return readings.size() - 1;
  }

  private static void point(
      List<Point> points, List<Reading> readings, String name, Reading reading) {
    int at = add(readings, reading);
    points.add(new Point(name, noted -> noted[at]));
  }

  private static void points(List<Point> points, Head[] heads, int at) {
    for (Head head : heads) {
      points.add(new Point(head.place(), noted -> values(headers(noted, at), head.name())));
    }
  }

  private static Double status(int code) {
    return code >= 0 && code < STATUSES.length ? STATUSES[code] : Double.valueOf(code);
  }

  private static Headers headers(@Nullable Object[] noted, int at) {
    return (Headers) Objects.requireNonNull(noted[at]);
  }

  private static Head[] heads(String kind, Set<String> names) {
    return names.stream()
        .filter(name -> !name.equals(ANY))
        .map(name -> Head.of(kind, name))
        .toArray(Head[]::new);
  }

  /** What they are. */
  public Watched watched() {
    return watched;
  }

  /**
   * What stands there now.
   *
   * @throws IllegalStateException when a table holds too much
   */
  public Look look(RequestHost request) {
    if (nothing != null) {
      return nothing;
    }
    @Nullable Object[] noted = new @Nullable Object[readings.length];
    read(noted, 0, request, null);
    return new Look(this, noted);
  }

  private void read(
      @Nullable Object[] noted, int from, RequestHost request, @Nullable Headers answered) {
    for (int i = from; i < noted.length; i++) {
      noted[i] = now(i, request, answered);
    }
  }

  private @Nullable Object now(int reading, RequestHost request, @Nullable Headers answered) {
    return answered != null && reading == responseAt ? answered : readings[reading].of(request);
  }

  /** The former look, unless something else stands there now. */
  @SuppressWarnings("ReferenceEquality")
  Look again(
      Look former, @Nullable Object[] noted, RequestHost request, @Nullable Headers answered) {
    for (int i = 0; i < noted.length; i++) {
      Object now = now(i, request, answered);
      if (now != noted[i]) {
        @Nullable Object[] changed = noted.clone();
        changed[i] = now;
        read(changed, i + 1, request, answered);
        return new Look(this, changed);
      }
    }
    return former;
  }

  /** Whether fields of the response are watched. */
  boolean watchResponse() {
    return responseAt >= 0;
  }

  /** The places, and in plain values what was noted of them. */
  Places places(@Nullable Object[] noted) {
    @Nullable Object[] values = new @Nullable Object[showings.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = showings[i].of(noted);
    }
    Places places = Places.of(names, values);
    if (requestAt >= 0) {
      Headers headers = headers(noted, requestAt);
      spellings(requestHeads, headers, places);
      if (allRequest) {
        all(REQUEST, requestNames, headers, places);
      }
    }
    if (responseAt >= 0) {
      Headers headers = headers(noted, responseAt);
      spellings(responseHeads, headers, places);
      if (allResponse) {
        all(RESPONSE, responseNames, headers, places);
      }
    }
    if (chunkAt >= 0 && noted[chunkAt] instanceof byte[] chunk) {
      places.put(CHUNK, new String(chunk, StandardCharsets.ISO_8859_1));
    }
    return places;
  }

  private static void spellings(Head[] heads, Headers headers, Places places) {
    for (Head head : heads) {
      if (head.spelling() != null && places.get(head.place()) != null) {
        places.put(head.spelling(), headers.spelling(head.name()));
      }
    }
  }

  private static void all(String kind, Map<String, Head> known, Headers headers, Places places) {
    places.expect(2 * headers.size());
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.name(i);
      Head head = head(kind, known, name);
      if (!places.containsKey(head.place())) {
        places.put(head.place(), values(headers, head.name()));
        if (head.spelling() != null) {
          places.put(head.spelling(), name); // of the first one, which this is
        }
      }
    }
  }

  /** Clients choose names, so that only some are remembered. */
  private static Head head(String kind, Map<String, Head> known, String name) {
    Head head = known.get(name);
    if (head == null) {
      head = Head.of(kind, name.toLowerCase(Locale.ROOT));
      if (known.size() < MAX_KNOWN) {
        known.put(name, head);
      }
    }
    return head;
  }

  private static @Nullable Object values(Headers headers, String name) {
    List<String> values = headers.all(name);
    return values.isEmpty() ? null : List.copyOf(values);
  }
}
