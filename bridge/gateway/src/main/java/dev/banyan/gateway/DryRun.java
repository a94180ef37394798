package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.api.Phase;
import dev.banyan.gateway.PathSteps.Handled;
import dev.banyan.gateway.PathSteps.Sent;
import dev.banyan.gateway.PathSteps.Step;
import dev.banyan.gateway.path.PathFinding;
import dev.banyan.gateway.path.PathSample;
import dev.banyan.gateway.path.PathShadow;
import dev.banyan.gateway.seam.DryPorts;
import dev.banyan.gateway.seam.RequestFacts;
import dev.banyan.gateway.seam.Traffic;
import dev.banyan.lua.ngx.Outcome;
import dev.banyan.nginx.ContentHandler;
import dev.banyan.nginx.ProxySettings;
import dev.banyan.nginx.ProxyTarget;
import dev.banyan.nginx.script.Template;
import dev.banyan.nginx.script.TemplateException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one thread: a request that the old path has served is run through the new one, and what
 * both send is compared. It is run step by step along the old path, so that nothing of the server
 * has to be imitated: where both paths are alike, the next handler begins as it began there.
 */
final class DryRun {
  private final GatewayWorker worker;
  private final DryPorts ports;
  private final List<Step> steps;
  private final boolean bodyReplaced;
  private final PathPlaces places = new PathPlaces();
  private final DryWorker dryWorker;
  private @Nullable DryRequest dry;
  private @Nullable RequestMoment last;
  private String ending = "unanswered";
  private int tries;
  private @Nullable String peer;
  private boolean balanced;
  private boolean filtered;
  private final StringBuilder oldBody = new StringBuilder();
  private final StringBuilder dryBody = new StringBuilder();
  private final @Nullable String unfollowed;

  private DryRun(GatewayWorker worker, DryPorts ports, PathRecorder recorder) {
    this.worker = worker;
    this.ports = ports;
    this.steps = recorder.steps();
    this.bodyReplaced = recorder.bodyReplaced();
    this.unfollowed = recorder.unfollowed();
    this.dryWorker = new DryWorker(worker.loop(), worker.prefix(), worker.files());
  }

  /** Hands a request that has ended over to who runs it again; on the request's loop. */
  static void handOver(Request r, PathRecorder recorder, PathShadow shadow) {
    if (!recorder.inLua()) {
      shadow.withoutLua();
      return;
    }
    DryPorts ports = DryPorts.of(r.seamPlan());
    String reason = Paths.upgrades(r) ? "the client asks for an upgrade" : recorder.reason();
    if (reason == null && (ports == null || recorder.steps().isEmpty())) {
      reason = "no handler ran before the response";
    }
    if (reason != null || ports == null) {
      shadow.notMeasured(String.valueOf(reason));
      return;
    }
    DryRun run = new DryRun(r.worker(), ports, recorder);
    shadow.ended(
        new PathSample(
            RequestFacts.of(r.luaHost()).map(),
            recorder.nanos(),
            Traffic.of(r.luaHost(), shadow.classKeys()),
            shadow.wantsWhole() ? WholeRequests.of(r, recorder) : null,
            run::finding));
  }

  private PathFinding finding() {
    try {
      for (Step step : steps) {
        if (!take(step)) {
          break;
        }
      }
      if (filtered) {
        putBody("response.body", oldBody.toString(), dryBody.toString());
      }
      return new PathFinding.Compared(
          ending,
          places.old(),
          places.dry(),
          unfollowed == null ? List.of() : List.of("response: " + unfollowed));
    } catch (Unmeasured e) {
      return new PathFinding.NotMeasured(e.reason());
    }
  }

  /** Whether the paths are together still. */
  private boolean take(Step step) {
    return switch (step) {
      case PathSteps.Cleared _ -> {
        if (dry != null) {
          dry.luaState(null);
        }
        yield true;
      }
      case Handled handled -> handled(follow(handled.began().before()), handled);
      case Sent sent -> sent(follow(sent.when()), sent);
      case PathSteps.Looked looked -> looked(follow(looked.when()), looked);
      case PathSteps.Headed headed -> headed(headed);
    };
  }

  private DryRequest follow(RequestMoment to) {
    DryRequest running = dry;
    RequestMoment from = last;
    last = to;
    if (running == null || from == null) {
      running = new DryRequest(worker, dryWorker, to);
      dry = running;
    } else {
      running.follow(from, to);
    }
    return running;
  }

  private boolean handled(DryRequest running, Handled old) {
    running.enter(old, bodyReplaced);
    DryHandler handler = new DryHandler(ports, running, old);
    String directive = directive(old);
    last = old.then();
    switch (handler.run()) {
      case DryHandler.Ending.Strayed(var call, String complaint) -> {
        places.put("world " + call, null, complaint);
        return false;
      }
      case DryHandler.Ending.Uncalled(var call) -> {
        String ended = text(old, old.outcome(), old.printed(), old.then().status());
        if (old.outcome() instanceof Outcome.Done && old.printed() == null) {
          places.put("calls of " + directive, names(old), handler.made());
        } else {
          places.put("ending of " + directive, ended, "goes on to " + call);
        }
        return false;
      }
      case DryHandler.Ending.By(var outcome) -> {
        return ended(running, old, handler, outcome);
      }
    }
  }

  private boolean ended(DryRequest running, Handled old, DryHandler handler, Outcome outcome) {
    String directive = directive(old);
    String oldEnding = text(old, old.outcome(), old.printed(), old.then().status());
    String dryEnding = text(old, outcome, running.printed(), running.status());
    places.put("ending of " + directive, oldEnding, dryEnding);
    if (!oldEnding.equals(dryEnding)) {
      return false;
    }
    places.put("calls of " + directive, names(old), handler.made());
    if (!names(old).equals(handler.made())) {
      return false;
    }
    if (old.began().phase() == Phase.BALANCER) {
      balanced = true;
      peer = running.peer();
    }
    if (old.outcome() instanceof Outcome.Done(var was)
        && outcome instanceof Outcome.Done(var values)
        && old.began().phase() == Phase.SET) {
      places.put("variable " + old.began().variable(), was, values);
      return was.equals(values);
    }
    if (old.began().piece() != null) {
      filtered = true;
      oldBody.append(old.printed());
      dryBody.append(running.printed());
      return true;
    }
    if (old.printed() != null) {
      ending = oldEnding;
      putBody("answer.body", old.printed(), running.printed());
    } else if (!(outcome instanceof Outcome.Done)) {
      ending = oldEnding;
    }
    return true;
  }

  /** A body for the client, by the fields that each path has set. */
  private void putBody(String place, @Nullable String oldBody, @Nullable String dryBody) {
    DryRequest running = dry;
    RequestMoment at = last;
    if (running == null || at == null || oldBody == null || dryBody == null) {
      places.put(place, oldBody, dryBody);
    } else {
      places.body(place, oldBody, at.response(), dryBody, running.responseHeaders());
    }
  }

  private static List<String> names(Handled old) {
    return old.calls().stream().map(noted -> noted.call().toString()).toList();
  }

  private static String directive(Handled old) {
    String place = old.began().place();
    int space = place.indexOf(' ');
    return space < 0 ? place : place.substring(0, space);
  }

  /** How a handler ended, as the client gets to see it. */
  private static String text(Handled old, Outcome outcome, @Nullable String printed, int status) {
    if (printed != null && old.began().piece() == null) {
      return "Answered[status=" + (status == 0 ? HttpStatus.OK : status) + "]";
    }
    boolean goesOn =
        outcome instanceof Outcome.Done
            || (outcome instanceof Outcome.Exit exit && exit.status() == 0);
    return goesOn ? "next" : outcome.toString();
  }

  private boolean headed(PathSteps.Headed old) {
    DryRequest running = dry;
    RequestMoment from = last;
    if (running == null || from == null) {
      return true;
    }
    running.head(from, old);
    places.put("response.status", old.status(), running.status());
    places.response(old.fields(), running.responseHeaders());
    return true;
  }

  /** A cache was asked: by the same key it has the same answer for both. */
  private boolean looked(DryRequest running, PathSteps.Looked old) {
    ending = "cached";
    String key = old.key();
    if (!running.sendsAs(old.when())) {
      if (!key(new DryRequest(worker, dryWorker, old.when()), old.handler()).equals(key)) {
        throw new Unmeasured("the key of the cache is made of what is not kept");
      }
      key = key(running, old.handler());
    }
    places.put("cache.key", old.key(), key);
    return true;
  }

  private static String key(DryRequest from, ContentHandler.Proxy handler) {
    Template key = from.location().proxy().cache().key();
    if (key != null) {
      return key.evaluate(from.scope());
    }
    ProxyTarget target = target(from, handler);
    return target.origin() + ProxyUri.of(from, handler, target);
  }

  private boolean sent(DryRequest running, Sent old) {
    tries++;
    ending = "proxied";
    String what = tries == 1 ? "upstream" : "upstream try " + tries;
    if (balanced) {
      places.put(what + ".peer", old.address(), peer);
      balanced = false;
    }
    if (old.bodies() != null) {
      places.body(
          what + ".body",
          old.bodies().sent(),
          old.when().headers(),
          old.bodies().received(),
          running.requestHeaders());
    }
    if (running.sendsAs(old.when())) {
      same(what, old);
      return true;
    }
    Composed mirrored = compose(new DryRequest(worker, dryWorker, old.when()), old);
    if (!mirrored.same(old)) {
      throw new Unmeasured("the request to the origin is made of what is not kept");
    }
    Composed composed = compose(running, old);
    places.put(what + ".target", old.framing().target().authority(), composed.target());
    places.put(what + ".method", old.method(), composed.method());
    places.put(what + ".uri", old.uri(), composed.uri());
    places.upstream(what, old.head(), composed.head());
    return true;
  }

  private void same(String what, Sent old) {
    places.put(what + ".method", old.method(), old.method());
    places.put(what + ".uri", old.uri(), old.uri());
    places.upstream(what, old.head(), old.head());
  }

  /** A request to an origin. */
  private record Composed(String target, String method, String uri, Headers head) {
    boolean same(Sent old) {
      return target.equals(old.framing().target().authority())
          && method.equals(old.method())
          && uri.equals(old.uri())
          && head.toString().equals(old.head().toString());
    }
  }

  private static Composed compose(DryRequest from, Sent old) {
    ProxySettings proxy = from.location().proxy();
    ProxyTarget target = target(from, old.handler());
    String method = proxy.method() == null ? from.method() : proxy.method().evaluate(from.scope());
    return new Composed(
        target.authority(),
        method,
        ProxyUri.of(from, old.handler(), target),
        ProxyRequestHead.of(
            from.scope(),
            from.requestHeaders(),
            proxy,
            target,
            old.framing().length(),
            old.framing().chunked()));
  }

  private static ProxyTarget target(DryRequest from, ContentHandler.Proxy handler) {
    ProxyTarget configured = handler.target();
    if (configured != null) {
      return configured;
    }
    try {
      return ProxyTarget.parse(handler.url().evaluate(from.scope()));
    } catch (TemplateException e) {
      throw new Unmeasured("proxy_pass names no origin: " + e.problem());
    }
  }
}
