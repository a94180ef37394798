package dev.banyan.transport;

import io.netty.buffer.ByteBuf;

/**
 * Not thread-safe, owned by its connection's loop: reads request heads octet by octet, with the
 * verdicts of nginx 1.22's reader, as early as they are certain. How the octets are cut into pieces
 * makes no difference.
 */
final class HeadParser {
  private static final int STEP = 2048;

  /** The most of a line that nginx shows in its error log. */
  private static final int SHOWN = 1748;

  private final ListenerLimits limits;
  private final HeadOctets octets = new HeadOctets();
  private final RequestLineReader requestLine = new RequestLineReader(octets);
  private final FieldReader fields;
  private int size;
  private int room;
  private int used;
  private int large;

  HeadParser(ListenerLimits limits) {
    this.limits = limits;
    this.fields = new FieldReader(octets, limits.headerLines());
    this.room = limits.headerBufferBytes();
  }

  /** Whether no octet of a head was read yet. */
  boolean idle() {
    return size == 0 && !octets.done;
  }

  /** Reads on; answers whether the head is complete or refused. The rest of {@code in} is left. */
  boolean feed(ByteBuf in) {
    while (!octets.done && in.isReadable()) {
      int step = Math.min(Math.min(in.readableBytes(), STEP), room - used);
      octets.room(size + step);
      in.getBytes(in.readerIndex(), octets.raw, size, step);
      octets.filled = size + step;
      int before = size;
      run(octets.filled);
      int taken = size - before;
      in.skipBytes(taken);
      if (!octets.done) {
        used += taken;
        makeRoom();
      }
      if (!requestLine.begun() && !octets.done) {
        size = 0; // line ends before a request are not part of it
      }
    }
    return octets.done;
  }

  /** The head that was read; the parser is ready for the next one. */
  RequestHead take() {
    RequestHead complete = octets.take(size, STEP);
    requestLine.begin();
    fields.begin();
    size = 0;
    room = limits.headerBufferBytes();
    used = 0;
    large = 0;
    return complete;
  }

  /** Follows nginx's buffers: a line must fit into one of them, and their number is bounded. */
  private void makeRoom() {
    if (used < room) {
      return;
    }
    if (!requestLine.begun()) {
      used = 0;
      return;
    }
    boolean betweenLines = octets.inFields && !fields.inLine();
    int partial = betweenLines ? 0 : size - octets.line;
    if (partial >= limits.largeHeaderBytes() || large == limits.largeHeaderBuffers()) {
      octets.refuse(
          octets.inFields
              ? new BadRequest(494, tooLarge(partial))
              : new BadRequest(414, "client sent too long URI"));
      return;
    }
    large++;
    room = limits.largeHeaderBytes();
    used = partial;
  }

  private String tooLarge(int partial) {
    if (partial == 0) {
      return "client sent too large request";
    }
    int end = octets.line + Math.min(partial, SHOWN);
    return "client sent too long header line: \"" + octets.text(octets.line, end) + "...\"";
  }

  /** Runs over {@code raw[size..limit)}, as far as the head goes. */
  private void run(int limit) {
    int i = size;
    while (!octets.done) {
      i = octets.inFields ? fields.skip(i, limit) : requestLine.skip(i, limit);
      if (i == limit) {
        break;
      }
      int c = octets.raw[i] & 0xff;
      if (octets.inFields) {
        fields.octet(c, i);
      } else {
        requestLine.octet(c, i);
      }
      i++;
    }
    size = i;
  }
}
