package dev.banyan.transport;

import dev.banyan.api.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import io.netty.util.AttributeKey;
import java.util.Locale;

/** Owned by its channel's loop: what of an HTTP/2 connection outlives its requests. */
final class GrpcLink {
  /** The most that a window may be. */
  static final int MAX_WINDOW = Integer.MAX_VALUE;

  private static final int USUAL_WINDOW = 65535;

  /** The most octets that Netty decodes of one head; what an answer may have is told later. */
  private static final int MAX_DECODED = 8 << 20;

  /** The shortest text that is compressed: a coding that is no shorter is of no use. */
  private static final int COMPRESSED = 4;

  private static final AttributeKey<GrpcLink> KEY = AttributeKey.valueOf("grpc-link");

  private final DefaultHttp2HeadersEncoder encoder =
      new DefaultHttp2HeadersEncoder(Http2HeadersEncoder.NEVER_SENSITIVE, true, 16, COMPRESSED);
  private final DefaultHttp2HeadersDecoder decoder =
      new DefaultHttp2HeadersDecoder(false, MAX_DECODED);
  private int stream = -1;

  /** What a stream may be sent when it begins. */
  long initialWindow = USUAL_WINDOW;

  /** What all streams may be sent. */
  long sendWindow = USUAL_WINDOW;

  /** What the server may send on all streams. */
  long receiveWindow = MAX_WINDOW;

  private GrpcLink() {
    try {
      encoder.configuration().maxHeaderTableSize(0); // the server may allow no table
    } catch (Http2Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** That of a connection. */
  static GrpcLink of(RawSocket socket) {
    if (!(socket instanceof RawChannel raw)) {
      return new GrpcLink();
    }
    GrpcLink link = raw.channel().attr(KEY).get();
    if (link == null) {
      link = new GrpcLink();
      raw.channel().attr(KEY).set(link);
    }
    return link;
  }

  /** The number of the next stream. */
  int nextStream() {
    stream += 2;
    return stream;
  }

  /** Encodes the head of a request, whose fields get the small letters of HTTP/2. */
  byte[] encode(String method, String path, String scheme, Headers fields) {
    Http2Headers head = new DefaultHttp2Headers(false);
    head.method(method).scheme(scheme).path(path);
    fields.forEach((name, value) -> head.add(name.toLowerCase(Locale.ROOT), value));
    ByteBuf out = Unpooled.buffer();
    try {
      encoder.encodeHeaders(stream, head, out);
      byte[] octets = new byte[out.readableBytes()];
      out.readBytes(octets);
      return octets;
    } catch (Http2Exception e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Decodes a head of an answer, or the fields behind its body. */
  Http2Headers decode(byte[] block) {
    try {
      return decoder.decodeHeaders(stream, Unpooled.wrappedBuffer(block));
    } catch (Http2Exception e) {
      throw new TransportException(
          TransportException.Kind.PROTOCOL, false, "upstream sent invalid header", e);
    }
  }
}
