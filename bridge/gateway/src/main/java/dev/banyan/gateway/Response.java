package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.transport.Chunk;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its request's loop: the answer of one request, from its fields to the last piece of its
 * body. The head goes once through the header filters; they put the body filters in place.
 */
final class Response {
  private final Request request;
  private final Sink sink;
  private BodyFilter first;
  private final Headers headers = new Headers();
  private final FieldPlaces places = new FieldPlaces(headers);
  private final Trailers trailers = new Trailers();

  private int status; // 0 while none is set
  private int errorStatus; // overrides it when the head is sent; 0 for none
  private int endedWith;
  private String statusLine = "";
  private boolean dateDecided;
  private boolean headSent;
  private boolean headerOnly;
  private boolean muted;
  private boolean ended;
  private boolean rangesAllowed;
  private boolean singleRange;
  private boolean contentTypeDecided;
  private boolean serverDecided;
  private boolean filtering;
  private boolean unconditional;
  private boolean variesByEncoding;
  private @Nullable Compression compression;
  private boolean proxied;
  private @Nullable String acceleratedCharset;
  private String charset = "";
  private @Nullable String location;
  private @Nullable PostponedOutput postponed;

  Response(Request request, Sink sink) {
    this.request = request;
    this.sink = sink;
    this.first = new SinkFilter(sink);
  }

  Headers headers() {
    return headers;
  }

  /** A program decides a field that the server otherwise writes itself. */
  void explicit(String name) {
    switch (name.toLowerCase(Locale.ROOT)) {
      case "server" -> serverDecided = true;
      case "content-type" -> contentTypeDecided = true;
      case "content-length" -> places.listLength();
      case "last-modified" -> places.listDate();
      default -> places.withhold(name);
    }
  }

  /** Where fields go out, and whether. */
  FieldPlaces places() {
    return places;
  }

  /** What {@code ngx.status} and {@code $status} are; 0 while none is set. */
  int status() {
    return errorStatus != 0 ? errorStatus : status;
  }

  /** The status that the head has or would have but for an error page's own; 0 for none. */
  int ownStatus() {
    return status;
  }

  /** Sets the status; an error page's own still overrides it. */
  void status(int value) {
    status = value;
    statusLine = "";
  }

  /** Sets the status for good, as {@code ngx.status} does; of those below 200 it words one. */
  void overrideStatus(int value) {
    status(
        value,
        value == HttpStatus.SWITCHING_PROTOCOLS ? value + " " + HttpStatus.reason(value) : "");
    errorStatus = 0;
  }

  /** Sets the status with all that an origin has sent for it. */
  void status(int value, String line) {
    status(value);
    statusLine = line;
  }

  /** Overrides the status that the head will carry. */
  void errorStatus(int value) {
    errorStatus = value;
  }

  /** The request ended with this status, for which nothing is written. */
  void endWith(int value) {
    endedWith = value;
  }

  /** The status with which the request ended without an answer; 0 for none. */
  int endedWith() {
    return endedWith;
  }

  int errorStatus() {
    return errorStatus;
  }

  /** What an origin has sent as its status; empty for nginx's own words. */
  String statusLine() {
    return statusLine;
  }

  boolean headSent() {
    return headSent;
  }

  /** The answer is over: whatever else the request answers goes nowhere. */
  void mute() {
    muted = true;
    headSent = true;
    headerOnly = true;
  }

  boolean muted() {
    return muted;
  }

  /** Whether no body follows the head. */
  boolean headerOnly() {
    return headerOnly;
  }

  void headerOnly(boolean value) {
    headerOnly = value;
  }

  boolean ended() {
    return ended;
  }

  /** Whether ranges of this answer may be served. */
  boolean rangesAllowed() {
    return rangesAllowed;
  }

  /** Whether more than one range is answered with the whole body. */
  boolean singleRange() {
    return singleRange;
  }

  /** Allows one range or none, as {@code proxy_force_ranges} says. */
  void allowOneRange(boolean value) {
    rangesAllowed = value;
    singleRange |= value;
  }

  void allowRanges(boolean value) {
    rangesAllowed = value;
  }

  /** The fields are an origin's, which names a charset of its own where it isn't null. */
  void proxied(@Nullable String ofCharset) {
    proxied = true;
    acceleratedCharset = ofCharset;
  }

  /** Whether the fields are an origin's. */
  boolean isProxied() {
    return proxied;
  }

  /** What an origin's {@code X-Accel-Charset} says; null for nothing. */
  @Nullable String acceleratedCharset() {
    return acceleratedCharset;
  }

  /** The body is in this charset. */
  void charset(String name) {
    charset = name;
  }

  /** What the body is in, as far as the filters of the head know; empty for nothing known. */
  String charset() {
    return charset;
  }

  /** Sends the client elsewhere; a path becomes absolute when the head is written. */
  void redirectTo(String address) {
    redirectTo("Location", address);
  }

  /** The same by a field that is spelled so. */
  void redirectTo(String name, String address) {
    location = address;
    headers.set(name, address);
  }

  /** Whether Location still is what {@link #redirectTo} set, and a path. */
  boolean redirectsToPath() {
    String own = location;
    return own != null && own.startsWith("/") && own.equals(headers.first("Location"));
  }

  /** Whether the client's conditions don't apply: an origin has judged them. */
  boolean unconditional() {
    return unconditional;
  }

  void judgedByOrigin() {
    unconditional = true;
  }

  /** What gzip has made of the body; null while nothing is compressed. */
  @Nullable Compression compression() {
    return compression;
  }

  void compression(Compression made) {
    compression = made;
  }

  /** Whether another Accept-Encoding could have got another answer: {@code gzip_vary} tells it. */
  boolean variesByEncoding() {
    return variesByEncoding;
  }

  void varyByEncoding() {
    variesByEncoding = true;
  }

  /** Whether Content-Type was set, cleared or defaulted by Lua, so that no default applies. */
  boolean contentTypeDecided() {
    return contentTypeDecided;
  }

  void decideContentType() {
    contentTypeDecided = true;
  }

  /** Whether Server is set, cleared, or an origin's to send: nginx's own does not apply. */
  boolean serverDecided() {
    return serverDecided;
  }

  void decideServer() {
    serverDecided = true;
  }

  /** Whether Date is an origin's to send, so that nginx's own does not apply. */
  boolean dateDecided() {
    return dateDecided;
  }

  void decideDate() {
    dateDecided = true;
  }

  Sink sink() {
    return sink;
  }

  /** Sends the head through the header filters; a second time is an alert and nothing else. */
  void sendHead() {
    if (muted) {
      return;
    }
    if (headSent || filtering) {
      request.log(ErrorLog.ALERT, "header already sent");
      throw new ResponseAborted(-1);
    }
    if (errorStatus != 0) {
      status = errorStatus;
      errorStatus = 0;
      statusLine = "";
    }
    if (status == 0) {
      status = HttpStatus.OK;
    }
    filtering = true;
    try {
      HeaderFilters.apply(request, this);
    } finally {
      filtering = false;
    }
    if (request.method().equals("HEAD")) {
      headerOnly = true;
    }
    headSent = true;
    if (request.isMain()) {
      KeepAlive.decide(request);
    }
    PathRecorder recorder = request.recorder();
    if (recorder != null) {
      recorder.heading(this);
    }
    try {
      sink.head(status, statusLine, WireHead.of(request, this));
    } catch (IllegalArgumentException forgery) {
      refuse(forgery);
    }
  }

  /** A field holds octets that would forge others: none of the head is out yet. */
  private void refuse(IllegalArgumentException forgery) {
    request.log(ErrorLog.ERROR, String.valueOf(forgery.getMessage()));
    WireHead.forging(headers).forEach(headers::remove);
    if (status != HttpStatus.INTERNAL_ERROR) {
      headSent = false;
      throw new ResponseAborted(HttpStatus.INTERNAL_ERROR);
    }
    sink.head(status, statusLine, WireHead.of(request, this));
  }

  /** Puts a body filter before those that are in place; it hands on to {@link #firstFilter()}. */
  void prepend(BodyFilter filter) {
    first = filter;
  }

  BodyFilter firstFilter() {
    return first;
  }

  /** Puts in place what orders the answers of subrequests into this one. */
  void postpone(PostponedOutput output) {
    postponed = output;
    first = output;
  }

  /** What orders the answers of subrequests into this one; null where none is expected. */
  @Nullable PostponedOutput postponed() {
    return postponed;
  }

  /** Sends a piece of the body, the last one with {@code last}. */
  void write(Chunk piece, boolean last) {
    if (ended || headerOnly) {
      piece.discard();
      ended |= last && !muted;
      return;
    }
    ended = last;
    first.write(piece, last);
    if (last) {
      trailers.bodyEnds(request);
    }
  }

  /** Ends the body if nothing has ended it. */
  void finish() {
    if (!ended) {
      write(Chunk.of(new byte[0]), true);
    }
  }

  Trailers trailers() {
    return trailers;
  }

  /** Says that the response is complete. */
  void end() {
    sink.end(trailers.complete(request));
  }

  void flush() {
    if (!muted) {
      first.flush();
      sink.flush();
    }
  }

  void awaitWritable(Duration timeout, boolean drained) {
    if (!muted) {
      sink.awaitWritable(timeout, drained);
    }
  }

  /** Sends a whole body with the head that is set up. */
  void send(byte[] body) {
    places.ownLength(body.length);
    sendHead();
    if (body.length == 0) {
      endHollow();
    }
    write(Chunk.of(body), true);
  }

  /** An empty file or text is the head alone for who waits for a subrequest: no filter ends it. */
  void endHollow() {
    headerOnly |= !request.isMain() && sink.hollow();
  }

  /** Forgets the fields that describe a body. */
  void clearBodyFields() {
    places.forgetLength();
    headers.remove("Accept-Ranges");
    headers.remove("Last-Modified");
    headers.remove("ETag");
    rangesAllowed = false;
  }
}
