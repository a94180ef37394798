package dev.banyan.host;

import dev.banyan.api.DataFiles;
import dev.banyan.api.Dict;
import dev.banyan.api.Dns;
import dev.banyan.api.Http;
import dev.banyan.api.Journal;
import dev.banyan.api.Journal.Entry;
import dev.banyan.api.Journal.Transport;
import dev.banyan.api.Log;
import dev.banyan.api.Metrics;
import dev.banyan.api.Randomness;
import dev.banyan.api.Tcp;
import dev.banyan.api.Udp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one run of a candidate: the world as its control's journal tells it. Nothing of it
 * reaches the real one.
 *
 * <p>A candidate that asks for what the control never asked for, or writes something else or less,
 * gets a {@link #complaint}; one that reads less does not.
 */
public final class ReplayedWorld implements Capabilities {
  private static final int SECRETS = 200;

  private final List<Entry> left;
  private final Journal journal;
  private final LoggedLines lines;
  private final ReplayedSockets sockets = new ReplayedSockets(this);
  private long millis;
  private @Nullable String complaint;

  /** The world of one journal. */
  public ReplayedWorld(Journal journal) {
    this.journal = journal;
    List<Entry> entries = journal.entries();
    this.left = entries.isEmpty() ? entries : new ArrayList<>(entries);
    this.millis = journal.millis();
    this.lines = new LoggedLines(journal);
  }

  /**
   * What the candidate asked or did otherwise than the control, or null; call it when it has ended.
   */
  public @Nullable String complaint() {
    sockets.compare();
    if (complaint == null) {
      for (Entry entry : left) {
        if (entry instanceof Entry.DictCall call && ReplayedDict.writes(call.operation())) {
          complain("did not do what the control did: " + ReplayedDict.words(call));
        } else if (entry instanceof Entry.Chose chose && chose.what().equals(Entry.Chose.PROCESS)) {
          complain("did not do what the control did: start of " + chose.value());
        }
      }
    }
    return complaint;
  }

  /** What the candidate asked or did otherwise so far, or null: one that failed did no more. */
  public @Nullable String complaintSoFar() {
    return complaint;
  }

  void complain(String text) {
    if (complaint == null) {
      complaint = text.length() > SECRETS ? text.substring(0, SECRETS) + "…" : text;
    }
  }

  /** Takes the first entry that fits, or null. */
  <E extends Entry> @Nullable E take(Class<E> type, Predicate<E> fits) {
    for (int i = 0; i < left.size(); i++) {
      if (type.isInstance(left.get(i)) && fits.test(type.cast(left.get(i)))) {
        return type.cast(left.remove(i));
      }
    }
    return null;
  }

  @Override
  public Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return Clock.fixed(instant(), zone);
      }

      @Override
      public Instant instant() {
        return Instant.ofEpochMilli(millis);
      }
    };
  }

  @Override
  public Randomness randomness() {
    return () -> {
      Entry.Draw draw = take(Entry.Draw.class, _ -> true);
      if (draw == null) {
        throw unknown("drew a random number that the control did not draw");
      }
      return draw.value();
    };
  }

  @Override
  public Dict dict(String name) {
    return new ReplayedDict(this, name);
  }

  @Override
  public Http http() {
    return this::answer;
  }

  private Http.Answer answer(Http.Call call) throws IOException {
    String line = call.method() + " " + call.target() + " HTTP/1.";
    Entry.Connected socket =
        take(
            Entry.Connected.class,
            one ->
                ReplayedSockets.is(one, Transport.TCP, call.host(), call.port())
                    && new String(
                            sockets.octets(Entry.Sent.class, one), StandardCharsets.ISO_8859_1)
                        .startsWith(line));
    if (socket == null) {
      throw unknown(
          "called " + call.host() + ":" + call.port() + ", which the control did not call so");
    }
    List<Entry.Received> received = sockets.of(Entry.Received.class, socket);
    if (!received.isEmpty()) {
      advance(received.getLast());
    }
    return HttpAnswers.parse(sockets.octets(Entry.Received.class, socket));
  }

  @Override
  public Tcp tcp() {
    return sockets;
  }

  @Override
  public Udp udp() {
    return sockets;
  }

  @Override
  public Dns dns() {
    return name -> {
      Entry.Resolved known = take(Entry.Resolved.class, one -> one.name().equals(name));
      if (known == null) {
        throw unknown("resolved " + name + ", which the control did not");
      }
      return known.addresses();
    };
  }

  Journal journal() {
    return journal;
  }

  /** Waiting for an answer lets the worker's time go on. */
  void advance(Entry waited) {
    List<Entry> all = journal.entries();
    for (int i = all.indexOf(waited) + 1; i < all.size(); i++) {
      if (all.get(i) instanceof Entry.Time time) {
        millis = time.millis();
        return;
      }
    }
  }

  @Override
  public Log log() {
    return lines::add;
  }

  /** What the candidate would have written to the error log so far. */
  public LoggedLines lines() {
    return lines;
  }

  @Override
  public Metrics metrics() {
    return (_, _) -> {};
  }

  @Override
  public DataFiles files() {
    throw new IllegalStateException("files are for mirrored functions");
  }

  /** Ends the candidate: there is no answer to what it asks. */
  IllegalStateException unknown(String what) {
    complain(what);
    return new IllegalStateException(what);
  }
}
