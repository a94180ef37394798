package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.fiber.Promise;
import dev.banyan.lua.ngx.LocationUri;
import dev.banyan.nginx.syntax.SystemReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code echo_location} and {@code echo_subrequest}, which put other answers into this one. */
final class EchoSubrequests {
  private EchoSubrequests() {}

  /** Starts one, when the request that asks for it next waits; complete once it has ended. */
  static Promise<Boolean> start(Request r, PostponedOutput output, Spec spec) {
    if (r.depth() < 0) {
      r.log(ErrorLog.ERROR, "subrequests cycle while processing \"" + spec.target().path() + "\"");
      throw new ResponseAborted(-1);
    }
    PostponedOutput.Turn turn = output.turn();
    String args = spec.args();
    SubrequestPlan plan =
        new SubrequestPlan(
            spec.method(),
            spec.target().path(),
            args == null ? "" : args,
            spec.headers(r),
            spec.plan(r),
            new Cells(r.service().http().variables().cells()),
            null);
    Request sub = new Request(r, plan, new TurnSink(turn));
    sub.giveArgs(args);
    return PlacedSubrequest.start(sub, output, turn, "echo");
  }

  /**
   * What is asked for.
   *
   * @param args null for none, which are others than empty ones
   * @param body null for no octets of its own
   * @param file of its body; null for none
   */
  record Spec(
      String method,
      LocationUri target,
      @Nullable String args,
      @Nullable String body,
      @Nullable Path file,
      long fileSize) {

    /** {@code echo_location}'s. */
    static Spec location(List<String> words) {
      LocationUri target = target(words.isEmpty() ? "" : words.getFirst());
      String args = words.size() > 1 ? words.get(1) : implied(target);
      return new Spec("GET", target, args, null, null, 0);
    }

    /** {@code echo_subrequest}'s. */
    static Spec subrequest(Request r, List<String> words) {
      if (words.size() < 2 || words.get(1).isEmpty()) {
        throw new ResponseAborted(-1);
      }
      String query = null;
      String body = "";
      String file = "";
      for (int at = 2; at < words.size(); at += 2) {
        String value = at + 1 < words.size() ? words.get(at + 1) : null;
        switch (words.get(at)) {
          case "-q" -> query = value == null ? query : value;
          case "-b" -> body = value == null ? body : value;
          case "-f" -> file = value == null ? file : value;
          default -> {
            r.log(ErrorLog.ERROR, "unknown option for echo_subrequest*: " + words.get(at));
            throw new ResponseAborted(-1);
          }
        }
      }
      Path path = body.isEmpty() && !file.isEmpty() ? r.service().absolute(file) : null;
      long size = path == null ? 0 : size(r, path);
      LocationUri target = target(words.get(1));
      return new Spec(
          words.getFirst(),
          target,
          query == null ? implied(target) : query,
          body.isEmpty() ? null : body,
          path,
          size);
    }

    /** A target that nginx takes for unsafe ends the connection. */
    static LocationUri target(String uri) {
      LocationUri target = LocationUri.parse(uri);
      if (target == null) {
        throw new ResponseAborted(-1);
      }
      return target;
    }

    private static @Nullable String implied(LocationUri target) {
      return target.args().isEmpty() ? null : target.args();
    }

    private static long size(Request r, Path path) {
      try {
        return Files.size(path);
      } catch (IOException e) {
        r.log(ErrorLog.ERROR, "open() \"" + path + "\" failed (" + SystemReason.of(e) + ")");
        throw new ResponseAborted(-1);
      }
    }

    /** The parent's, beginning with the length of a body of its own. */
    Headers headers(Request parent) {
      String octets = body;
      if (octets == null && file == null) {
        return parent.headers().copy();
      }
      Headers headers = new Headers();
      headers.add("Content-Length", Long.toString(octets == null ? fileSize : octets.length()));
      parent
          .headers()
          .forEach((name, value) -> {
            if (!name.equalsIgnoreCase("Content-Length")) {
              headers.add(name, value);
            }
          });
      return headers;
    }

    SubrequestPlan.BodyPlan plan(Request parent) {
      String octets = body;
      Path path = file;
      if (octets != null) {
        return SubrequestPlan.BodyPlan.bytes(Octets.bytes(octets));
      }
      if (path != null) {
        return (sub, outer) -> ofFile(sub, path);
      }
      return parent.body().isRead()
          ? SubrequestPlan.BodyPlan.INHERIT
          : SubrequestPlan.BodyPlan.UNREAD;
    }

    private static RequestBody ofFile(Request sub, Path path) {
      RequestBody body = RequestBody.of(sub, new byte[0]);
      body.replace(path, false);
      return body;
    }
  }
}
