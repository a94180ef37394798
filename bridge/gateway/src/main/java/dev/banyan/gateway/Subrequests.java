package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.fiber.Fiber;
import dev.banyan.fiber.Promise;
import dev.banyan.lua.ngx.NgxFailure;
import dev.banyan.lua.ngx.NgxSignal;
import dev.banyan.lua.ngx.Outcome;
import dev.banyan.lua.ngx.RequestHost;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ngx.location.capture} and {@code capture_multi}: requests inside of a request. */
final class Subrequests {
  private Subrequests() {}

  /** Runs them at the same time; their answers come in the order of the requests. */
  static List<RequestHost.Captured> capture(Request r, List<RequestHost.Subrequest> requests) {
    if (r.depth() < 0) {
      r.log(ErrorLog.ERROR, "lua subrequests cycle while processing \"" + r.uri() + "\"");
      throw new NgxFailure("failed to issue subrequest: -1");
    }
    List<Promise<RequestHost.Captured>> answers = new ArrayList<>(requests.size());
    List<Started> all = requests.stream().map(request -> prepare(r, request)).toList();
    List<Fiber> fibers = new ArrayList<>(requests.size());
    boolean[] left = {false};
    for (Started one : all) {
      answers.add(one.answer());
      r.worker()
          .loop()
          .execute(() -> {
            if (!left[0]) {
              fibers.add(Fiber.start(r.worker().loop(), "subrequest", one::run));
            }
          });
    }
    try {
      List<RequestHost.Captured> captured = new ArrayList<>(answers.size());
      for (Promise<RequestHost.Captured> answer : answers) {
        captured.add(answer.await());
      }
      return captured;
    } finally {
      left[0] = true;
      fibers.forEach(fiber -> fiber.kill("the request that waits for it has ended"));
    }
  }

  /** A subrequest that is set up, and the place for its answer. */
  private record Started(Request request, CaptureSink sink, Promise<RequestHost.Captured> answer) {
    void run() {
      try {
        Fiber.current().attach(request);
        PhaseEngine.serve(request, PhaseEngine.Entry.SERVER_REWRITE);
        int status = request.response().status();
        if (request.endsAll()) {
          // nginx closes the client's connection for any of its requests
          answer.fail(new NgxSignal(new Outcome.Exit(HttpStatus.CLOSE)));
          return;
        }
        answer.complete(
            new RequestHost.Captured(
                status == 0 ? unanswered() : status,
                request.response().headers(),
                sink.body(),
                !sink.endSeen() || request.method().equals("HEAD")));
      } finally {
        answer.fail(new NgxFailure("the subrequest was cut off"));
      }
    }

    /** A handler may end without an answer and still say with which status. */
    private int unanswered() {
      int ended = request.response().endedWith();
      return ended == 0 ? HttpStatus.INTERNAL_ERROR : ended;
    }
  }

  /** The parent's fields, behind the length of a body of the subrequest's own. */
  private static Headers fields(Headers parent, byte @Nullable [] body) {
    if (body == null) {
      return parent.copy();
    }
    Headers fields = Headers.withRoomFor(parent.size() + 1);
    fields.add("Content-Length", String.valueOf(body.length));
    for (int i = 0; i < parent.size(); i++) {
      if (!parent.name(i).equalsIgnoreCase("Content-Length")) {
        fields.add(parent.name(i), parent.value(i));
      }
    }
    return fields;
  }

  private static Started prepare(Request parent, RequestHost.Subrequest wanted) {
    byte[] body = wanted.body();
    Headers headers = fields(parent.headers(), body);
    SubrequestPlan.BodyPlan plan;
    if (body != null) {
      headers.remove("Transfer-Encoding");
      plan = SubrequestPlan.BodyPlan.bytes(body);
    } else if (inherits(wanted) || parent.body().expected() <= 0) {
      // what the parent hasn't read, no subrequest can
      plan =
          parent.body().isRead() ? SubrequestPlan.BodyPlan.INHERIT : SubrequestPlan.BodyPlan.UNREAD;
      if (!inherits(wanted)) {
        headers.remove("Transfer-Encoding");
      }
    } else {
      headers.remove("Content-Length");
      headers.remove("Transfer-Encoding");
      plan = SubrequestPlan.BodyPlan.UNREAD;
    }
    Cells cells =
        wanted.shareAllVars()
            ? parent.cells()
            : wanted.copyAllVars()
                ? parent.cells().copy()
                : new Cells(parent.service().http().variables().cells());
    CaptureSink sink = new CaptureSink(CaptureSink.Purpose.ANSWER);
    String args = wanted.args();
    Request sub =
        new Request(
            parent,
            new SubrequestPlan(
                wanted.method(),
                wanted.uri(),
                args == null ? "" : args,
                headers,
                plan,
                cells,
                wanted.luaState()),
            sink);
    if (args != null && args.isEmpty()) {
      sub.giveArgs(args);
    }
    List<RequestHost.Variable> variables = wanted.vars();
    if (variables != null) {
      variables.forEach(v -> set(parent, sub, v));
    }
    return new Started(sub, sink, new Promise<>());
  }

  private static void set(Request parent, Request sub, RequestHost.Variable variable) {
    String name = variable.name();
    String refusal = sub.luaHost().variableRefusal(name);
    if (refusal != null) {
      boolean known = refusal.endsWith("not changeable");
      parent.log(
          ErrorLog.ERROR,
          known
              ? refusal
              : "variable \""
                  + name
                  + "\" cannot be assigned a value (maybe you forgot to define it first?) ");
      throw new NgxFailure("failed to adjust the subrequest: " + (known ? "500" : "-1"));
    }
    sub.luaHost().setVariable(name, variable.value());
  }

  private static boolean inherits(RequestHost.Subrequest wanted) {
    return wanted.alwaysForwardBody()
        || wanted.method().equals("PUT")
        || wanted.method().equals("POST");
  }
}
