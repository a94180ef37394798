package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.lua.ngx.NgxMachine;
import dev.banyan.nginx.CoreSettings;
import dev.banyan.nginx.ErrorPage;

/** The end of a request: error pages, nginx's own pages, and what is logged. */
final class Finalizer {
  private Finalizer() {}

  /**
   * Finalises with a status: writes the answer that is still due, or answers where the request goes
   * on for its error page.
   */
  static Verdict finish(Request r, int status) {
    if (r.response().muted() && (breaks(status) || !HttpStatus.special(status))) {
      return Signal.OK;
    }
    if (breaks(status)) {
      terminate(r, status);
      return Signal.OK;
    }
    if (HttpStatus.special(status) && StubFilter.replaces(r)) {
      return Signal.OK;
    }
    if (r.response().headSent() && status != 0 && !r.response().muted()) {
      r.response().sink().abort();
      return Signal.OK;
    }
    if (!HttpStatus.special(status)) {
      r.response().endWith(status);
      return Signal.OK;
    }
    if (r.response().sink().pageless()) {
      int told = r.response().status();
      r.response().errorStatus(told == 0 ? status : told);
      if (told != HttpStatus.NOT_MODIFIED && !r.response().headers().contains("Content-Type")) {
        MediaTypes.apply(r);
      }
      return Signal.OK;
    }
    return special(r, status);
  }

  /** What a header filter's exit makes of the answer that was about to be sent. */
  static Verdict replace(Request r, int status) {
    Response response = r.response();
    response.headers().clear();
    response.status(0);
    r.replaceAnswer();
    return special(r, status);
  }

  /** Whether nginx closes the connection instead of answering with this status. */
  static boolean breaks(int status) {
    return status == -1
        || status == HttpStatus.REQUEST_TIMEOUT
        || status == HttpStatus.CLIENT_CLOSED
        || status == HttpStatus.CLOSE;
  }

  private static void terminate(Request r, int status) {
    Response response = r.response();
    if (status > 0 && !response.headSent()) {
      response.status(status);
    }
    if (status > 0 && !r.isMain()) { // told to the request that waits for it
      response.errorStatus(status);
    }
    boolean slow = status == HttpStatus.REQUEST_TIMEOUT || status == HttpStatus.CLOSE;
    if (slow && r.location().core().resetTimedoutConnection()) {
      r.client().exchange().resetWhenClosed();
    }
    if (r.isMain() && response.headSent() && response.headerOnly()) {
      r.client().exchange().closeAfterResponse();
      response.sink().end(new Headers()); // the head is all of it, and has left nginx already
    } else {
      response.sink().abort();
    }
    r.broken();
  }

  /** An error page where one is configured, else nginx's own page. */
  static Verdict special(Request r, int status) {
    Response response = r.response();
    response.errorStatus(status);
    if (closes(status)) {
      r.client().exchange().closeAfterResponse();
    }
    response.headers().remove("Content-Type");
    CoreSettings core = r.location().core();
    if (!r.errorPageShown() && !core.errorPages().isEmpty() && r.changesLeft()) {
      if (!core.recursiveErrorPages()) {
        r.showErrorPage();
      }
      ErrorPage page = core.errorPage(status);
      if (page != null) {
        return errorPage(r, page);
      }
    }
    ErrorPages.send(r, status);
    return Signal.OK;
  }

  private static Verdict errorPage(Request r, ErrorPage page) {
    Response response = r.response();
    if (page.overwrite() != 0 && page.overwrite() != HttpStatus.OK) {
      r.body().keepUninvited();
    }
    if (page.overwrite() >= 0) {
      response.errorStatus(page.overwrite());
    }
    String target = page.target().evaluate(r);
    if (target.startsWith("@")) {
      return new Verdict.Named(target);
    }
    if (target.startsWith("/")) {
      String uri = target;
      String args = page.args();
      if (!page.target().isConstant()) {
        String[] parts = UriText.split(target);
        uri = parts[0];
        args = parts[1];
      }
      if (!r.method().equals("HEAD")) {
        r.method("GET");
      }
      return Verdict.Redirect.of(uri, args);
    }
    response.redirectTo(target);
    int status = HttpStatus.redirects(page.overwrite()) ? page.overwrite() : HttpStatus.FOUND;
    response.errorStatus(status);
    ErrorPages.send(r, status);
    return Signal.OK;
  }

  private static boolean closes(int status) {
    return switch (status) {
      case 400, 413, 414, 495, 496, 497, 500, 501 -> true;
      default -> false;
    };
  }

  /** Ends the response, then runs the log phase and gives everything back. */
  static void complete(Request r) {
    PostponedOutput output = r.response().postponed();
    try {
      if (!r.isBroken()) {
        if (r.response().headSent()) {
          r.response().finish();
          if (output != null) {
            output.await();
          }
          SrcacheStore.finish(r);
          r.response().end();
        } else {
          r.response().sink().abort();
        }
      }
    } catch (ResponseAborted | dev.banyan.transport.TransportException e) {
      r.response().sink().abort();
      r.broken();
    } finally {
      if (output != null) {
        output.stop();
      }
      if (r.isMain() && !r.isTookOver() && r.response().status() != HttpStatus.CLOSE) {
        PhaseEngine.afterAnswer(r);
      }
      LogPhase.run(r);
      r.worker().paths().ended(r);
      NgxMachine.requestEnded(r.luaHost());
    }
  }
}
