package dev.banyan.lua.seam;

import dev.banyan.api.Headers;
import dev.banyan.api.Phase;
import dev.banyan.lua.ngx.FieldSpelling;
import dev.banyan.lua.ngx.RequestContext;
import dev.banyan.lua.ngx.RequestHost;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * For any thread: the watched places of one handler, made ready to be read before and after each of
 * its calls.
 */
public final class Watchpoints {
  /** Nothing is watched: a plain function. */
  public static final Watchpoints NOTHING = new Watchpoints(Watched.NOTHING);

  private static final Observed NOTHING_SEEN =
      seen(Places.of(new String[0], new @Nullable Object[0]));

  private static final String REQUEST = "request header ";
  private static final String RESPONSE = "response header ";
  private static final String ANY = "*";
  private static final int MAX_KNOWN = 256;

  private final Watched watched;
  private final String[] names;
  private final Reading[] readings;
  private final Head[] requestHeads;
  private final Head[] responseHeads;
  private final boolean allRequest;
  private final boolean allResponse;

  /** Of names as they were written, where all headers are watched. */
  private final Map<String, Head> requestNames = new ConcurrentHashMap<>();

  private final Map<String, Head> responseNames = new ConcurrentHashMap<>();

  /** Reads one place; on the request's thread. */
  @FunctionalInterface
  private interface Reading {
    @Nullable Object of(RequestHost request);
  }

  private record Point(String name, Reading reading) {}

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
    List<Point> points = new ArrayList<>();
    for (String key : watched.ctx()) {
      points.add(new Point("ctx " + key, request -> context(request, key)));
    }
    for (String name : watched.vars()) {
      points.add(new Point("var " + name, request -> request.variable(name)));
    }
    if (watched.uri()) {
      points.add(new Point("uri", RequestHost::uri));
      points.add(new Point("args", RequestHost::args));
    }
    if (watched.status()) {
      points.add(new Point("status", request -> (double) request.status()));
    }
    this.requestHeads = heads(REQUEST, watched.requestHeaders());
    this.responseHeads = heads(RESPONSE, watched.responseHeaders());
    this.allRequest = watched.requestHeaders().contains(ANY);
    this.allResponse = watched.responseHeaders().contains(ANY);
    for (Head head : requestHeads) {
      points.add(new Point(head.place(), request -> values(request.requestHeaders(), head.name())));
    }
    for (Head head : responseHeads) {
      points.add(
          new Point(head.place(), request -> values(request.responseHeaders(), head.name())));
    }
    points.sort(Comparator.comparing(Point::name));
    this.names = points.stream().map(Point::name).toArray(String[]::new);
    this.readings = points.stream().map(Point::reading).toArray(Reading[]::new);
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

  /** What stands there before a call; of a plain function, always the same. */
  Observed before(RequestHost request) {
    return this == NOTHING ? NOTHING_SEEN : seen(read(request));
  }

  private static Observed seen(Places places) {
    return new Observed(List.of(), null, null, places, null);
  }

  /** What stands there now. */
  Places read(RequestHost request) {
    @Nullable Object[] values = new @Nullable Object[readings.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = readings[i].of(request);
    }
    Places places = Places.of(names, values);
    spellings(requestHeads, request.requestHeaders(), places);
    spellings(responseHeads, request.responseHeaders(), places);
    if (allRequest) {
      all(REQUEST, requestNames, request.requestHeaders(), places);
    }
    if (allResponse) {
      all(RESPONSE, responseNames, request.responseHeaders(), places);
    }
    if (watched.chunk() && request.phase() == Phase.BODY_FILTER) {
      places.put("chunk", new String(request.filterChunk(), StandardCharsets.ISO_8859_1));
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

  private static @Nullable Object context(RequestHost request, String key) {
    return Plain.of(JavaValues.lasting(JavaValues.toJava(RequestContext.get(request, key))));
  }

  private static @Nullable Object values(Headers headers, String name) {
    List<String> values = headers.all(name);
    return values.isEmpty() ? null : List.copyOf(values);
  }
}
