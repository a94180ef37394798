package dev.banyan.gateway;

import dev.banyan.nginx.ProxySettings;
import dev.banyan.transport.Chunk;
import dev.banyan.transport.GrpcUpstream;
import dev.banyan.transport.TransportException;
import dev.banyan.transport.Upstream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: passes the body of a server's answer on. */
final class OriginBody {
  static final Runnable NOTHING = () -> {};

  private final Request r;
  private final ProxySettings settings;
  private final ProxyRun run;
  private final @Nullable BodyCopy copy;
  private final Runnable through;
  private boolean left;

  OriginBody(Request r, ProxySettings settings, ProxyRun run) {
    this(r, settings, run, null, NOTHING);
  }

  /**
   * One that may go to a copy too, which the client's leaving doesn't end.
   *
   * @param through run when the body has come whole, before the client's answer ends
   */
  OriginBody(
      Request r, ProxySettings settings, ProxyRun run, @Nullable BodyCopy copy, Runnable through) {
    this.r = r;
    this.settings = settings;
    this.run = run;
    this.copy = copy;
    this.through = through;
  }

  /** Passes the body on as it comes, at the client's pace. */
  Verdict pass(Upstream.Response answer) {
    Response response = r.response();
    BodyCopy copied = copy;
    if (copied != null) {
      return passAndCopy(answer, copied);
    }
    if (response.headerOnly()) {
      through.run();
      return Signal.OK;
    }
    r.action("reading upstream");
    if (!r.isMain() && settings.buffering()) {
      return wholeBody(answer);
    }
    RatePacer pacer = RatePacer.of(r);
    try {
      while (true) {
        if (!answer.body().ready()) { // what is here already goes out together, head included
          response.flush();
        }
        Chunk piece = answer.body().read(settings.readTimeout());
        if (piece == null) {
          break;
        }
        int length = piece.length();
        run.current().responseLength += length;
        response.write(piece, false);
        response.awaitWritable(r.location().core().sendTimeout(), false);
        pacer.sent(length);
      }
    } catch (TransportException e) {
      if (!(answer instanceof GrpcUpstream.Answer)) {
        response.flush(); // what had come is the client's
      }
      return brokenOff(e);
    }
    through.run();
    response.finish();
    return Signal.OK;
  }

  /**
   * Passes it on to the client, and to a copy that is in its place before the client has the end:
   * whoever asks then finds it.
   */
  private Verdict passAndCopy(Upstream.Response answer, BodyCopy copied) {
    r.action("reading upstream");
    RatePacer pacer = RatePacer.of(r);
    long announced = answer.body().length();
    try {
      byte[] last = new byte[0];
      while (true) {
        if (!answer.body().ready()) {
          flush();
        }
        Chunk piece = answer.body().read(settings.readTimeout());
        if (piece == null) {
          break;
        }
        byte[] octets = piece.bytes();
        run.current().responseLength += octets.length;
        copied.write(octets);
        if (run.current().responseLength == announced) {
          last = octets;
        } else {
          send(octets, pacer);
        }
      }
      copied.complete();
      send(last, pacer);
    } catch (TransportException e) {
      flush();
      return brokenOff(e);
    } finally {
      copied.discard();
    }
    through.run();
    r.response().finish();
    return Signal.OK;
  }

  private void flush() {
    if (!left) {
      r.response().flush();
    }
  }

  private void send(byte[] octets, RatePacer pacer) {
    left |= r.isMain() && r.client().exchange().clientGone();
    if (left || octets.length == 0) {
      return;
    }
    try {
      r.response().write(Chunk.of(octets), false);
      r.response().awaitWritable(r.location().core().sendTimeout(), false);
      pacer.sent(octets.length);
    } catch (TransportException e) {
      left = true; // the copy is made all the same
    }
  }

  /** A subrequest's buffered body: kept when its origin ends too early, dropped when it is late. */
  private Verdict wholeBody(Upstream.Response answer) {
    List<Chunk> pieces = new ArrayList<>();
    try {
      for (Chunk piece = answer.body().read(settings.readTimeout());
          piece != null;
          piece = answer.body().read(settings.readTimeout())) {
        run.current().responseLength += piece.length();
        pieces.add(piece);
      }
    } catch (TransportException e) {
      if (e.kind() == TransportException.Kind.CLOSED) {
        write(pieces);
      } else {
        pieces.forEach(Chunk::discard);
      }
      return brokenOff(e);
    }
    write(pieces);
    through.run();
    r.response().finish();
    return Signal.OK;
  }

  private void write(List<Chunk> pieces) {
    pieces.forEach(piece -> r.response().write(piece, false));
  }

  private Verdict brokenOff(TransportException e) {
    if (r.isMain() && r.client().exchange().clientGone()) {
      r.log(
          ErrorLog.INFO, "client prematurely closed connection while sending to client", run.url());
      return Verdict.status(HttpStatus.CLIENT_CLOSED);
    }
    r.log(ErrorLog.ERROR, reason(e) + " while reading upstream", run.url());
    return Verdict.failed();
  }

  private static String reason(TransportException e) {
    if (e.kind() == TransportException.Kind.TIMEOUT) {
      return "upstream timed out (110: Connection timed out)";
    }
    String told = String.valueOf(e.getMessage());
    return told.startsWith("upstream ") ? told : "upstream prematurely closed connection";
  }
}
