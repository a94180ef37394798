package dev.banyan.lua.seam;

import dev.banyan.api.Headers;
import dev.banyan.api.Journal;
import dev.banyan.lua.LuaAbort;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.ngx.NgxSignal;
import dev.banyan.lua.ngx.Outcome;
import dev.banyan.lua.ngx.RequestContext;
import dev.banyan.lua.ngx.RequestHost;
import dev.banyan.lua.ngx.Taps;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Owned by its machine's thread: one shadowed call while its control runs, of whom it notes what it
 * does. Nothing that goes wrong in noting reaches the control.
 */
final class ShadowRun implements Consumer<byte[]> {
  private final LuaVm vm;
  private final SeamSwitch.Shadow shadow;
  private final RequestHost request;
  private final @Nullable CallCapture capture;
  private final @Nullable CpuMeter meter;
  private final Journal journal;
  private @Nullable Printed body; // most calls send none
  private final boolean headSent;
  private @Nullable Headers answered;
  private String defaultType = "";

  /**
   * The control is about to run.
   *
   * @param table what {@code require} answers for the module
   * @param measured whether its cost is told
   */
  ShadowRun(LuaVm vm, SeamSwitch.Shadow shadow, LuaCall call, LuaTable table, boolean measured) {
    this.vm = vm;
    this.shadow = shadow;
    this.request = call.request();
    this.headSent = request.headersSent();
    CallRecorder recorder = shadow.recorder();
    this.capture =
        recorder == null
            ? null
            : CallCapture.begin(
                recorder,
                new CallCapture.Subject(call.module(), call.function(), table),
                call.args(),
                request);
    Taps taps = request.taps();
    if (taps != null) {
      taps.add(this);
    }
    int lineLevel = shadow.notesLines() ? request.logLevel() : Journal.NO_LINES;
    this.journal = RequestContext.journal(vm, lineLevel);
    this.meter = measured ? CpuMeter.start() : null;
  }

  /** A piece that the call is about to send as a body. */
  @Override
  public void accept(byte[] piece) {
    Printed pieces = body;
    if (pieces == null) {
      pieces = new Printed(capture);
      body = pieces;
      pieces.accept(piece);
      answering();
    } else {
      pieces.accept(piece);
    }
  }

  /**
   * The head is about to be sent: what the filters do to it then is not this call's, but the type
   * that it gets by default is what a port's answer gets.
   */
  private void answering() {
    if (shadow.before().showsResponse() && !request.headersSent()) {
      request.defaultContentType();
      defaultType = request.defaultType();
      answered = request.responseHeaders().frozen();
    }
  }

  /** The control has answered. */
  void answered(Varargs results) {
    ended(results, null, null);
  }

  /** The control has raised an error. */
  void raised(LuaError error) {
    ended(LuaValue.NONE, LuaText.latin1(error.getMessageObject()), null);
  }

  /** The control has ended its handler. */
  void aborted(LuaAbort end) {
    ended(LuaValue.NONE, null, ending(end, request, body));
  }

  private void ended(Varargs results, @Nullable String error, @Nullable String ending) {
    CpuMeter.Measured cost = meter == null ? null : meter.stop();
    if (capture != null) {
      byte[] octets = body == null ? new byte[0] : body.octets();
      capture.ended(new CallCapture.End(results, error, ending, octets, journal, false));
    }
    if (body == null && !headSent && request.headersSent() && shadow.before().showsResponse()) {
      defaultType = request.defaultType(); // a head without a body: nothing of it was printed
    }
    NotedCall noted;
    try {
      Look before = shadow.before();
      noted =
          new NotedCall(
              before,
              before.again(request, answered),
              KeptValues.of(results),
              error,
              ending,
              body == null ? null : body.text(),
              defaultType,
              journal);
    } catch (RuntimeException | StackOverflowError e) {
      shadow.lost("answer: " + e.getMessage());
      return;
    }
    shadow.control(noted, cost);
  }

  /** However it ended. */
  void close() {
    RequestContext.forget(vm, journal);
    Taps taps = request.taps();
    if (taps != null) {
      taps.remove(this);
    }
  }

  /**
   * What ended the handler, in the terms of a decision: after a body was sent, {@code ngx.exit}
   * only ends the run, and the answer's status is the one that was sent.
   */
  static String ending(LuaAbort end, RequestHost request, @Nullable Printed body) {
    boolean answered =
        body != null
            && !body.isEmpty()
            && end instanceof NgxSignal signal
            && signal.outcome() instanceof Outcome.Exit;
    return answered
        ? new Outcome.Exit(request.status()).toString()
        : String.valueOf(end.getMessage());
  }
}
